import { clamp } from './board.ts'
import type { Board } from './board.ts'
import { touches } from './marks.ts'
import type { Mark } from './marks.ts'

const arrows: Record<string, [across: number, down: number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
}
const stepCssPx = 8
const reachCssPx = 12
/** A press that moves less than this draws nothing. */
const clickCssPx = 4

type Handlers = Pick<
  HTMLCanvasElement,
  'onpointerdown' | 'onpointermove' | 'onpointerup' | 'onpointercancel' | 'onkeydown'
>

/** Draws, moves and resizes by pointer, touch and keyboard; `onAdd` and `onRemove` tell of what is complete. */
export function gestures(board: () => Board, onAdd: () => void, onRemove: () => void): Handlers {
  let drag: ((x: number, y: number) => void) | undefined
  let isDrawn = false
  const end = () => {
    drag = undefined
    if (isDrawn) onAdd()
    isDrawn = false
  }
  const point = ({ offsetX, offsetY }: MouseEvent): [x: number, y: number] => {
    const { canvas, density } = board()
    return [clamp(offsetX * density(), canvas.width), clamp(offsetY * density(), canvas.height)]
  }

  return {
    onpointerdown(event) {
      if (event.button) return
      const { canvas, tool, density, marks, add, change, hold } = board()
      const run = {}
      const [startX, startY] = point(event)
      const reach = density() * reachCssPx
      const hit = marks().findLastIndex((mark) => touches(mark, startX, startY, reach))
      const mark = marks()[hit]
      const isCorner = mark && Math.hypot(mark.x + mark.w - startX, mark.y + mark.h - startY) < reach
      canvas.setPointerCapture(event.pointerId)
      hold(hit)
      drag = (x, y) => {
        const [w, h] = [x - startX, y - startY]
        const drawn: Mark = { tool, x: startX, y: startY, w, h }
        if (isCorner) change({ ...mark, w: x - mark.x, h: y - mark.y }, run)
        else if (mark) change({ ...mark, x: mark.x + w, y: mark.y + h }, run)
        else if (isDrawn) change(drawn, run)
        else if (Math.hypot(w, h) > density() * clickCssPx) {
          isDrawn = true
          add(drawn, run)
        }
      }
    },
    onpointermove: (event) => drag?.(...point(event)),
    onpointerup: end,
    onpointercancel: end,
    onkeydown(event) {
      const { key, shiftKey } = event
      const { canvas, tool, held, density, marks, add, change, remove, hold } = board()
      const mark = marks()[held]
      const arrow = arrows[key]
      if (key === 'Enter') {
        const [w, h] = [canvas.width / 4, canvas.height / 4]
        add({ tool, x: w * 1.5, y: h * 1.5, w, h })
        onAdd()
      } else if (mark && arrow) {
        const [x, y] = arrow.map((way) => way * stepCssPx * density()) as [number, number]
        const { x: left, y: top, w, h } = mark
        // Steps in a row are undone together.
        change(shiftKey ? { ...mark, w: w + x, h: h + y } : { ...mark, x: left + x, y: top + y }, `${held} by key`)
      } else if (mark && (key === 'Delete' || key === 'Backspace')) {
        onRemove()
        remove(held)
      } else if (mark && key === 'Escape') hold(-1)
      else return
      event.preventDefault()
      event.stopPropagation()
    },
  }
}
