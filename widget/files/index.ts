import { limits } from '../../sdk/wire/index.ts'
import type { Capture } from '../capture/index.ts'
import { element } from '../element.ts'
import { draw } from '../form/icons.ts'
import { addSheet } from '../form/sheet.ts'
import { filesStrings } from '../strings.ts'
import type { ImageStrings } from '../strings.ts'
import { filesCss } from './files-css.ts'
import { decode, encode } from './prepare.ts'

/** What the form lends: its place for images, and those that will be sent. */
export interface Shelf {
  root: ShadowRoot
  /** Takes the thumbnails; emptied by the form after sending. */
  list: HTMLElement
  /** Says what happened. */
  status: HTMLElement
  blobs: Blob[]
  /** Told of what nothing may be sent before the end of, beside what the form asks for itself. */
  during: (work: Promise<unknown>) => void
  strings?: Partial<ImageStrings>
}

/** What the form's buttons do once somebody wants an image. Nothing here rejects. */
export interface Files {
  /** Prepares and shows images; what is none is named, the rest is kept. */
  add: (files: readonly Blob[]) => Promise<void>
  /** Takes a picture of the page. */
  shoot: () => Promise<void>
}

const cross = 'M6 6l12 12M18 6L6 18'
const pencil = 'M4 20h4L19 9l-4-4L4 16zM13 7l4 4'

/** Called once for a form. */
export function fillShelf({ root, list, status, blobs, during, strings: overrides }: Shelf): Files {
  const strings = { ...filesStrings, ...overrides }
  addSheet(root, filesCss)
  list.ariaLabel = strings.attached
  let capture: Promise<Capture> | undefined
  const loadCapture = () =>
    (capture ??= import('../capture/index.ts').then(
      ({ createCapture }) => createCapture(root, overrides),
      (error: unknown) => {
        capture = undefined
        throw error
      },
    ))
  const say = (words: string) => (status.textContent = words)

  const show = async (picture: HTMLCanvasElement, name: string, before?: HTMLElement, old?: Blob) => {
    const blob = await encode(picture)
    const canvas = element('canvas', { role: 'img', ariaLabel: name, width: 160, height: 120 })
    const scale = Math.max(canvas.width / picture.width, canvas.height / picture.height)
    const [width, height] = [picture.width * scale, picture.height * scale]
    canvas.getContext('2d')?.drawImage(picture, (canvas.width - width) / 2, 0, width, height)
    const button = (words: string, path: string, onclick: () => unknown) =>
      element('button', { type: 'button', title: words, ariaLabel: `${words}: ${name}`, onclick }, draw(path))
    const remove = () => {
      const next = (item.nextElementSibling ?? item.previousElementSibling)?.querySelector('button')
      item.remove()
      blobs.splice(blobs.indexOf(blob), 1)
      say(`${name}: ${strings.removed}`)
      ;(next ?? list.parentElement?.querySelector('button'))?.focus()
    }
    const edit = async () => {
      try {
        const edited = await (await loadCapture()).edit(await decode(blob))
        if (edited) await show(edited, name, item, blob)
      } catch {
        say(strings.drawFailed)
      }
    }
    const item = element(
      'li',
      null,
      canvas,
      button(strings.edit, pencil, () => during(edit())),
      button(strings.remove, cross, remove),
    )
    if (before && old) {
      blobs[blobs.indexOf(old)] = blob
      before.replaceWith(item)
      item.querySelector('button')?.focus()
    } else {
      blobs.push(blob)
      list.append(item)
    }
    say(`${name}: ${strings.added}`)
  }
  const hasRoom = () => blobs.length < limits.attachmentsMax || !say(strings.tooMany)

  return {
    async add(files) {
      const refused: string[] = []
      for (const file of files) {
        if (!hasRoom()) return
        const { name = strings.image } = file as Partial<File>
        try {
          await show(await decode(file), name)
        } catch {
          refused.push(name)
        }
      }
      if (refused.length > 0) say(strings.notImage + refused.join(', '))
    },
    async shoot() {
      if (!hasRoom()) return
      say(strings.drawing)
      const opener = root.activeElement as HTMLElement | null
      const taken = await (await loadCapture()).take()
      say('')
      if ('canvas' in taken) await show(taken.canvas, `${strings.image} ${blobs.length + 1}`)
      else if ('failed' in taken) {
        say({ forbidden: strings.drawForbidden, slow: strings.drawSlow, failed: strings.drawFailed }[taken.failed])
      }
      opener?.focus()
    },
  }
}
