export type Tool = 'box' | 'arrow' | 'black' | 'crop'

/** One annotation, in pixels of the picture; an arrow goes from its corner to the opposite one. */
export interface Mark {
  tool: Tool
  x: number
  y: number
  w: number
  h: number
}

/** The corner nearest to the origin and a positive size. */
export function bounds({ x, y, w, h }: Mark): [x: number, y: number, w: number, h: number] {
  return [Math.min(x, x + w), Math.min(y, y + h), Math.abs(w), Math.abs(h)]
}

/** Whether a press is meant for an annotation: anywhere on a black one, else near its line. */
export function touches(mark: Mark, px: number, py: number, reach: number): boolean {
  const [x, y, w, h] = bounds(mark)
  const away = Math.hypot(Math.max(x - px, 0, px - x - w), Math.max(y - py, 0, py - y - h))
  if (away > reach || mark.tool === 'black') return away < reach
  if (mark.tool === 'arrow') {
    return Math.abs(mark.w * (py - mark.y) - mark.h * (px - mark.x)) < reach * Math.hypot(mark.w, mark.h)
  }
  return Math.min(px - x, x + w - px, py - y, y + h - py) < reach
}

/** Draws a picture with its annotations. `unit` is a stroke's width; what is outside a crop is shaded. */
export function paint(canvas: HTMLCanvasElement, picture: HTMLCanvasElement, marks: Mark[], unit: number): void {
  const pen = canvas.getContext('2d') as CanvasRenderingContext2D
  pen.drawImage(picture, 0, 0)
  pen.lineJoin = pen.lineCap = 'round'
  for (const mark of marks) {
    const { tool, x, y, w, h } = mark
    const path = new Path2D()
    if (tool === 'arrow') {
      const angle = Math.atan2(h, w)
      const head = Math.min(unit * 6, Math.hypot(w, h))
      path.moveTo(x, y)
      path.lineTo(x + w, y + h)
      for (const turn of [-0.5, 0.5]) {
        path.moveTo(x + w, y + h)
        path.lineTo(x + w - head * Math.cos(angle + turn), y + h - head * Math.sin(angle + turn))
      }
    } else {
      path.rect(...bounds(mark))
    }
    if (tool === 'black') {
      pen.fillStyle = '#000'
      pen.fillRect(...bounds(mark))
    } else if (tool === 'crop') {
      const [left, top, across, down] = bounds(mark).map(Math.round) as [number, number, number, number]
      pen.fillStyle = '#000a'
      pen.fillRect(0, 0, canvas.width, top)
      pen.fillRect(0, top + down, canvas.width, canvas.height)
      pen.fillRect(0, top, left, down)
      pen.fillRect(left + across, top, canvas.width, down)
    } else {
      // A light edge keeps it visible on any ground.
      for (const [width, colour] of [
        [2, '#fff'],
        [1, '#e5243b'],
      ] as const) {
        pen.lineWidth = unit * width
        pen.strokeStyle = colour
        pen.stroke(path)
      }
    }
  }
}

/** The picture as it leaves: annotations burnt in, cut to the crop. */
export function burn(picture: HTMLCanvasElement, marks: Mark[], unit: number): HTMLCanvasElement {
  const crop = marks.find(({ tool }) => tool === 'crop')
  const whole = document.createElement('canvas')
  whole.width = picture.width
  whole.height = picture.height
  paint(
    whole,
    picture,
    marks.filter((mark) => mark !== crop),
    unit,
  )
  if (!crop) return whole
  const [x, y, w, h] = bounds(crop).map(Math.round) as [number, number, number, number]
  const cut = document.createElement('canvas')
  cut.width = Math.min(w, picture.width - x)
  cut.height = Math.min(h, picture.height - y)
  cut.getContext('2d')?.drawImage(whole, -x, -y)
  return cut
}
