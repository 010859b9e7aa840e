import { element } from '../element.ts'
import { draw } from '../form/icons.ts'
import type { captureStrings } from '../strings.ts'
import { createHistory } from './history.ts'
import { bounds, burn, paint, touches } from './marks.ts'
import type { Mark, Tool } from './marks.ts'

const icons = {
  box: 'M4 5h16v14H4z',
  arrow: 'M5 19L19 5M10 5h9v9',
  black: 'M4 7h16v10H4zM4 12h16M8 7v10M12 7v10M16 7v10',
  crop: 'M7 2v15h15M2 7h15v15',
  undo: 'M9 14L4 9l5-5M4 9h10a6 6 0 0 1 0 12h-3',
  redo: 'M15 14l5-5-5-5M20 9H10a6 6 0 0 0 0 12h3',
  exact: 'M3 5h18v11H3zM9 20h6M12 16v4',
  close: 'M6 6l12 12M18 6L6 18',
}
const arrows: Record<string, [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
}
/** A stroke's width is this share of the picture's longer side. */
const strokeShare = 1 / 320
const stepCssPx = 8
const clamp = (value: number, most: number) => Math.max(0, Math.min(value, most))
/** A press that moves less than this draws nothing. */
const clickCssPx = 4

/**
 * Opens the editor over everything and gives the picture as it may leave, or null. `again` takes the picture anew in
 * the exact way, or gives null.
 */
export function openEditor(
  root: ShadowRoot,
  picture: HTMLCanvasElement,
  strings: typeof captureStrings,
  again?: () => Promise<HTMLCanvasElement | null>,
): Promise<HTMLCanvasElement | null> {
  return new Promise((resolve) => {
    const history = createHistory()
    let tool: Tool = 'box'
    let selected = -1
    const unit = () => Math.max(2, Math.max(picture.width, picture.height) * strokeShare)
    const perCssPx = () => picture.width / (canvas.clientWidth || picture.width)

    const button = (name: keyof typeof icons, onclick: (event: MouseEvent) => void) =>
      element('button', { onclick, title: strings[name] }, draw(icons[name]), element('span', null, strings[name]))
    const choose = (next: Tool) =>
      button(next, ({ detail }) => {
        tool = next
        show()
        // Chosen by keyboard, the next key is for the picture.
        if (detail === 0) canvas.focus()
      })
    const tools = { box: choose('box'), arrow: choose('arrow'), black: choose('black'), crop: choose('crop') }
    const step = (by: 1 | -1) => {
      if (!history.step(by)) return
      selected = -1
      show()
      live.textContent = by < 0 ? strings.undo : strings.redo
    }
    const undo = button('undo', () => step(-1))
    const redo = button('redo', () => step(1))
    const exact = button('exact', async () => {
      const taken = await again?.()
      if (!taken) return
      picture = taken
      while (history.step(-1)) selected = -1
      show()
    })
    const live = element('p', { className: 'live', role: 'status' })
    const list = element('ul', { className: 'marks', ariaLabel: strings.marks })
    const how = element('p', { id: 'how' }, strings.how, again && ` ${strings.exactHint}`)
    const canvas = element('canvas', { tabIndex: 0, role: 'application', ariaLabel: strings.picture })
    canvas.setAttribute('aria-describedby', 'how')

    const nameOf = (mark: Mark) => {
      const same = history.now().filter((other) => other.tool === mark.tool)
      return `${strings[mark.tool]} ${same.indexOf(mark) + 1}`
    }
    const show = () => {
      const marks = history.now()
      canvas.width = picture.width
      canvas.height = picture.height
      paint(canvas, picture, marks, unit())
      const pen = canvas.getContext('2d')
      const mark = marks[selected]
      if (pen && mark) {
        pen.lineWidth = perCssPx() * 2
        pen.strokeStyle = '#4f6bff'
        pen.setLineDash([perCssPx() * 6, perCssPx() * 4])
        const [x, y, w, h] = bounds(mark)
        const gap = unit() * 2
        pen.strokeRect(x - gap, y - gap, w + gap * 2, h + gap * 2)
        pen.fillStyle = '#4f6bff'
        pen.fillRect(mark.x + mark.w - gap, mark.y + mark.h - gap, gap * 2, gap * 2)
      }
      for (const [name, chosen] of Object.entries(tools)) chosen.ariaPressed = String(name === tool)
      undo.disabled = !history.can(-1)
      redo.disabled = !history.can(1)
      list.replaceChildren(
        ...marks.map((mark, index) =>
          element(
            'li',
            null,
            element(
              'button',
              { ariaPressed: String(index === selected), onclick: () => (select(index), canvas.focus()) },
              nameOf(mark),
            ),
            element(
              'button',
              { className: 'close', ariaLabel: `${strings.removeMark} ${nameOf(mark)}`, onclick: () => remove(index) },
              draw(icons.close),
            ),
          ),
        ),
      )
    }
    const select = (index: number) => {
      selected = index
      show()
    }
    const put = (mark: Mark, run?: unknown) => {
      const marks = [...history.now()]
      const [x, y, w, h] = bounds(mark)
      // None gets lost outside the picture.
      const [left, top] = [clamp(x, picture.width - w), clamp(y, picture.height - h)]
      marks[selected] = { ...mark, x: mark.x + left - x, y: mark.y + top - y }
      history.push(marks, run)
      show()
    }
    const add = (mark: Mark, run?: unknown) => {
      // There is one crop.
      const marks = history.now().filter((other) => mark.tool !== 'crop' || other.tool !== 'crop')
      history.push([...marks, mark], run)
      select(marks.length)
    }
    const remove = (index: number) => {
      const mark = history.now()[index]
      if (!mark) return
      live.textContent = `${nameOf(mark)} ${strings.markRemoved}`
      history.push(history.now().filter((other) => other !== mark))
      select(-1)
      canvas.focus()
    }
    const tell = () => {
      const mark = history.now()[selected]
      if (mark) live.textContent = `${nameOf(mark)} ${strings.markAdded}`
    }

    const pointOf = ({ offsetX, offsetY }: MouseEvent): [number, number] => [offsetX * perCssPx(), offsetY * perCssPx()]
    canvas.onpointerdown = (event) => {
      if (event.button) return
      canvas.setPointerCapture(event.pointerId)
      const run = {}
      const [startX, startY] = pointOf(event)
      const reach = perCssPx() * 12
      const hit = history.now().findLastIndex((mark) => touches(mark, startX, startY, reach))
      const held = history.now()[hit]
      const isCorner = held && Math.hypot(held.x + held.w - startX, held.y + held.h - startY) < reach
      let isDrawn = false
      select(hit)
      canvas.onpointermove = (move) => {
        const point = pointOf(move)
        const [x, y] = [clamp(point[0], picture.width), clamp(point[1], picture.height)]
        if (isCorner) return put({ ...held, w: x - held.x, h: y - held.y }, run)
        if (held) return put({ ...held, x: held.x + x - startX, y: held.y + y - startY }, run)
        const mark = { tool, x: startX, y: startY, w: x - startX, h: y - startY }
        if (isDrawn) put(mark, run)
        else if (Math.hypot(mark.w, mark.h) > perCssPx() * clickCssPx) {
          isDrawn = true
          add(mark, run)
        }
      }
      canvas.onpointerup = canvas.onpointercancel = () => {
        canvas.onpointermove = null
        if (isDrawn) tell()
      }
    }
    canvas.onkeydown = (event) => {
      const { key, shiftKey } = event
      const mark = history.now()[selected]
      const arrow = arrows[key]
      if (key === 'Enter') {
        const [w, h] = [picture.width / 4, picture.height / 4]
        add({ tool, x: w * 1.5, y: h * 1.5, w, h })
        tell()
      } else if (mark && arrow) {
        const [x, y] = arrow.map((way) => way * stepCssPx * perCssPx()) as [number, number]
        put(
          shiftKey ? { ...mark, w: mark.w + x, h: mark.h + y } : { ...mark, x: mark.x + x, y: mark.y + y },
          mark.tool + selected,
        )
      } else if (mark && (key === 'Delete' || key === 'Backspace')) remove(selected)
      else if (mark && key === 'Escape') select(-1)
      else return
      event.preventDefault()
      event.stopPropagation()
    }

    const end = (result: HTMLCanvasElement | null) => {
      dialog.close()
      dialog.remove()
      resolve(result)
    }
    const dialog = element(
      'dialog',
      { className: 'editor', ariaLabel: strings.editor },
      element(
        'header',
        // The form behind has landmarks of the same kind.
        { role: 'none' },
        element('h2', null, strings.editor),
        element(
          'button',
          { className: 'close', ariaLabel: strings.close, onclick: () => end(null) },
          draw(icons.close),
        ),
      ),
      element(
        'div',
        { className: 'tools', role: 'group', ariaLabel: strings.tools },
        ...Object.values(tools),
        element('span', { className: 'gap' }),
        undo,
        redo,
        again && exact,
      ),
      element('div', { className: 'stage' }, canvas),
      list,
      how,
      live,
      element(
        'footer',
        { role: 'none' },
        element('button', { onclick: () => end(null) }, strings.cancel),
        element(
          'button',
          { className: 'primary', onclick: () => end(burn(picture, history.now(), unit())) },
          strings.attach,
        ),
      ),
    )
    dialog.oncancel = (event) => {
      event.preventDefault()
      end(null)
    }
    for (const type of ['keydown', 'keyup', 'keypress'] as const) {
      dialog.addEventListener(type, (event) => {
        // Nobody else's shortcuts.
        event.stopPropagation()
        if (type === 'keydown' && (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'z') {
          event.preventDefault()
          step(event.shiftKey ? 1 : -1)
        }
      })
    }
    root.append(dialog)
    dialog.showModal()
    show()
    canvas.focus()
  })
}
