import { ChevronLeft, ChevronRight, ExternalLink, Maximize, Minus, Plus, Scan, X } from 'lucide'
import { useEffect, useRef, useState } from 'preact/hooks'
import type { Attachment } from '../../../sdk/wire/index.ts'
import { close } from '../actions/overlay.ts'
import { Button } from '../controls/button.tsx'
import { Dialog } from '../controls/dialog.tsx'
import { Icon } from '../controls/icon.tsx'
import { imageFacts } from './image-facts.ts'

const zooms = [0.25, 0.5, 1, 2, 4]

/** Moves the picture with the pointer, where it is larger than the window. */
function grab(event: PointerEvent): void {
  const stage = event.currentTarget as HTMLElement
  if (event.button !== 0 || event.pointerType === 'touch' || stage.classList.contains('fit')) return
  event.preventDefault()
  stage.focus()
  stage.setPointerCapture(event.pointerId)
  const from = { x: event.clientX + stage.scrollLeft, y: event.clientY + stage.scrollTop }
  const move = ({ clientX, clientY }: PointerEvent) => stage.scrollTo(from.x - clientX, from.y - clientY)
  const drop = () => {
    stage.removeEventListener('pointermove', move)
    stage.removeEventListener('pointerup', drop)
    stage.removeEventListener('pointercancel', drop)
  }
  stage.addEventListener('pointermove', move)
  stage.addEventListener('pointerup', drop)
  stage.addEventListener('pointercancel', drop)
}

/** One image as large as the window, or larger; the others of the item stand beside it. */
export function Viewer({
  images,
  at: start,
  reference,
}: {
  images: readonly Attachment[]
  at: number
  reference: string
}) {
  const shown = images.filter(({ url }) => url !== undefined)
  const [at, setAt] = useState(Math.max(0, shown.indexOf(images[start] as Attachment)))
  const [zoom, setZoom] = useState<number | null>(null)
  const stage = useRef<HTMLDivElement>(null)
  const image = shown[at]
  useEffect(() => stage.current?.focus(), [])
  if (!image) return null
  const fitted = () => (stage.current?.querySelector('img')?.clientWidth ?? 1) / (image.width ?? 1)
  const change = (by: 1 | -1) => {
    const now = zoom ?? fitted()
    const next = by === 1 ? zooms.find((one) => one > now + 0.01) : zooms.findLast((one) => one < now - 0.01)
    if (next !== undefined) setZoom(next)
  }
  const turn = (by: 1 | -1) => {
    if (!shown[at + by]) return
    setAt(at + by)
    setZoom(null)
  }
  const keys: Record<string, () => void> = {
    '+': () => change(1),
    '=': () => change(1),
    '-': () => change(-1),
    '0': () => setZoom(null),
    '1': () => setZoom(1),
    ...(zoom === null && { ArrowLeft: () => turn(-1), ArrowRight: () => turn(1) }),
  }
  return (
    <Dialog label={`Image ${at + 1} of ${shown.length}, ${reference}`} class="viewer" titled={false} onClose={close}>
      <header class="viewer-head">
        <span class="viewer-title">
          {reference}
          <span class="quiet">
            {' '}
            {at + 1} of {shown.length}, {imageFacts(image)}
          </span>
        </span>
        <span class="spring" />
        {shown.length > 1 && (
          <>
            <Button icon={ChevronLeft} label="Previous image" disabled={at === 0} onClick={() => turn(-1)} />
            <Button icon={ChevronRight} label="Next image" disabled={!shown[at + 1]} onClick={() => turn(1)} />
          </>
        )}
        <Button icon={Minus} label="Zoom out" shortcut="-" onClick={() => change(-1)} />
        <span class="viewer-zoom" role="status">
          {zoom === null ? 'Fit' : zoom.toLocaleString(undefined, { style: 'percent' })}
        </span>
        <Button icon={Plus} label="Zoom in" shortcut="+" onClick={() => change(1)} />
        <Button icon={Scan} label="Actual size" shortcut="1" pressed={zoom === 1} onClick={() => setZoom(1)} />
        <Button
          icon={Maximize}
          label="Fit to the window"
          shortcut="0"
          pressed={zoom === null}
          onClick={() => setZoom(null)}
        />
        <a
          class="button plain square"
          href={image.url}
          target="_blank"
          rel="noreferrer"
          title="Open in a new tab"
          aria-label="Open in a new tab"
        >
          <Icon of={ExternalLink} />
        </a>
        <Button icon={X} label="Close" onClick={close} />
      </header>
      <div
        ref={stage}
        class={zoom === null ? 'viewer-stage fit' : 'viewer-stage'}
        tabIndex={0}
        onPointerDown={grab}
        role="region"
        aria-label="Image, scrollable"
        onKeyDown={(event) => {
          const key = keys[event.key]
          if (!key || event.ctrlKey || event.metaKey || event.altKey) return
          event.preventDefault()
          key()
        }}
        onDblClick={() => setZoom(zoom === null ? 1 : null)}
      >
        <img
          key={image.url}
          src={image.url}
          alt={`Image ${at + 1} that came with ${reference}`}
          width={image.width}
          height={image.height}
          style={
            zoom === null ? {} : { width: `${(image.width ?? 0) * zoom}px`, height: `${(image.height ?? 0) * zoom}px` }
          }
        />
      </div>
    </Dialog>
  )
}
