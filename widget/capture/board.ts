import { createHistory } from './history.ts'
import { bounds, burn, paint } from './marks.ts'
import type { Mark, Tool } from './marks.ts'

/** The picture, its annotations, and which one is held. */
export interface Board {
  canvas: HTMLCanvasElement
  tool: Tool
  /** Index in `marks()`, -1 for none. */
  held: number
  marks: () => Mark[]
  can: (by: 1 | -1) => boolean
  step: (by: 1 | -1) => void
  hold: (index: number) => void
  /** Changes with the same `run` as the last one's are one step in the history. */
  add: (mark: Mark, run?: unknown) => void
  change: (mark: Mark, run?: unknown) => void
  remove: (index: number) => void
  /** Starts anew with another picture. */
  replace: (picture: HTMLCanvasElement) => void
  /** Pixels of the picture in one CSS pixel. */
  density: () => number
  /** The picture as it may leave. */
  burn: () => HTMLCanvasElement
}

/** A stroke's width is this share of the picture's longer side. */
const strokeShare = 1 / 320
const accent = '#4f6bff'

/** The nearest value between 0 and `most`. */
export const clamp = (value: number, most: number): number => Math.max(0, Math.min(value, most))

/** Draws into `canvas` and calls `onChange` after everything that changes. */
export function createBoard(canvas: HTMLCanvasElement, picture: HTMLCanvasElement, onChange: () => void): Board {
  let history = createHistory()
  const unit = () => Math.max(2, Math.max(picture.width, picture.height) * strokeShare)
  const density = () => picture.width / (canvas.clientWidth || picture.width)

  const show = () => {
    canvas.width = picture.width
    canvas.height = picture.height
    paint(canvas, picture, history.now(), unit())
    const pen = canvas.getContext('2d')
    const mark = history.now()[board.held]
    if (pen && mark) {
      const [x, y, w, h] = bounds(mark)
      const gap = unit() * 2
      pen.lineWidth = density() * 2
      pen.strokeStyle = pen.fillStyle = accent
      pen.setLineDash([density() * 6, density() * 4])
      pen.strokeRect(x - gap, y - gap, w + gap * 2, h + gap * 2)
      pen.fillRect(mark.x + mark.w - gap, mark.y + mark.h - gap, gap * 2, gap * 2)
    }
    onChange()
  }

  const board: Board = {
    canvas,
    tool: 'box',
    held: -1,
    density,
    marks: () => history.now(),
    can: (by) => history.can(by),
    burn: () => burn(picture, history.now(), unit()),
    step(by) {
      history.step(by)
      board.hold(-1)
    },
    hold(index) {
      board.held = index
      show()
    },
    add(mark, run) {
      // There is one crop.
      const marks = history.now().filter(({ tool }) => mark.tool !== 'crop' || tool !== 'crop')
      history.push([...marks, mark], run)
      board.hold(marks.length)
    },
    change(mark, run) {
      const [x, y, w, h] = bounds(mark)
      // None gets lost outside the picture.
      const [left, top] = [clamp(x, picture.width - w), clamp(y, picture.height - h)]
      const moved = { ...mark, x: mark.x + left - x, y: mark.y + top - y }
      history.push(history.now().with(board.held, moved), run)
      show()
    },
    remove(index) {
      history.push(history.now().toSpliced(index, 1))
      board.hold(-1)
    },
    replace(next) {
      picture = next
      history = createHistory()
      board.hold(-1)
    },
  }
  return board
}
