import { element } from '../element.ts'
import { draw } from '../form/icons.ts'
import type { captureStrings } from '../strings.ts'
import { createBoard } from './board.ts'
import type { Board } from './board.ts'
import { gestures } from './gestures.ts'
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
const tools = ['box', 'arrow', 'black', 'crop'] as const satisfies Tool[]

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
    const button = (name: keyof typeof icons, onclick: (event: MouseEvent) => unknown) =>
      element('button', { onclick, title: strings[name] }, draw(icons[name]), element('span', null, strings[name]))
    const choices = tools.map((tool) =>
      button(tool, ({ detail }) => {
        board.tool = tool
        board.hold(-1)
        // Chosen by keyboard, the next key is for the picture.
        if (detail === 0) canvas.focus()
      }),
    )
    const step = (by: 1 | -1) => {
      if (!board.can(by)) return
      board.step(by)
      live.textContent = by < 0 ? strings.undo : strings.redo
    }
    const undo = button('undo', () => step(-1))
    const redo = button('redo', () => step(1))
    const exact = button('exact', async () => {
      const taken = await again?.()
      if (taken) board.replace(taken)
    })

    const live = element('p', { className: 'live', role: 'status' })
    const list = element('ul', { className: 'marks', ariaLabel: strings.marks })
    const nameOf = (mark: Mark | undefined) => {
      const same = board.marks().filter(({ tool }) => tool === mark?.tool)
      return mark ? `${strings[mark.tool]} ${same.indexOf(mark) + 1}` : ''
    }
    const tell = (what: string) => (live.textContent = `${nameOf(board.marks()[board.held])} ${what}`)
    const canvas = element('canvas', {
      tabIndex: 0,
      role: 'application',
      ariaLabel: strings.picture,
      ...gestures(
        (): Board => board,
        () => tell(strings.markAdded),
        () => tell(strings.markRemoved),
      ),
    })
    canvas.setAttribute('aria-describedby', 'how')
    const row = (mark: Mark, index: number) => {
      const hold = () => {
        board.hold(index)
        canvas.focus()
      }
      const remove = () => {
        board.hold(index)
        tell(strings.markRemoved)
        board.remove(index)
        canvas.focus()
      }
      return element(
        'li',
        null,
        element('button', { ariaPressed: String(index === board.held), onclick: hold }, nameOf(mark)),
        element(
          'button',
          { className: 'close', ariaLabel: `${strings.removeMark} ${nameOf(mark)}`, onclick: remove },
          draw(icons.close),
        ),
      )
    }
    const board = createBoard(canvas, picture, () => {
      for (const [index, choice] of choices.entries()) choice.ariaPressed = String(tools[index] === board.tool)
      undo.disabled = !board.can(-1)
      redo.disabled = !board.can(1)
      list.replaceChildren(...board.marks().map(row))
    })

    const end = (result: HTMLCanvasElement | null) => {
      dialog.close()
      dialog.remove()
      resolve(result)
    }
    const cancel = () => end(null)
    // The form behind has landmarks of the same kind.
    const role = 'none'
    const dialog = element(
      'dialog',
      { className: 'editor', ariaLabel: strings.editor },
      element(
        'header',
        { role },
        element('h2', null, strings.editor),
        element('button', { className: 'close', ariaLabel: strings.close, onclick: cancel }, draw(icons.close)),
      ),
      element(
        'div',
        { className: 'tools', role: 'group', ariaLabel: strings.tools },
        ...choices,
        element('span', { className: 'gap' }),
        undo,
        redo,
        again && exact,
      ),
      element('div', { className: 'stage' }, canvas),
      list,
      element('p', { id: 'how' }, strings.how, again && ` ${strings.exactHint}`),
      live,
      element(
        'footer',
        { role },
        element('button', { onclick: cancel }, strings.cancel),
        element('button', { className: 'primary', onclick: () => end(board.burn()) }, strings.attach),
      ),
    )
    dialog.addEventListener('cancel', (event) => {
      event.preventDefault()
      cancel()
    })
    for (const type of ['keydown', 'keyup', 'keypress'] as const) {
      dialog.addEventListener(type, (event) => {
        // Nobody else's shortcuts.
        event.stopPropagation()
        if (type !== 'keydown' || !(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'z') return
        event.preventDefault()
        step(event.shiftKey ? 1 : -1)
      })
    }
    root.append(dialog)
    dialog.showModal()
    board.hold(-1)
    canvas.focus()
  })
}
