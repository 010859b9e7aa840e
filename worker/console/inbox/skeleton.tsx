const widths = [72, 54, 88, 63, 46, 80, 58, 91, 67, 50]

/** Rows that are on their way, in the shape they will have. */
export function RowSkeletons({ count, from = 0, height }: { count: number; from?: number; height: number }) {
  return (
    <div class="row-bones" aria-hidden="true">
      {Array.from({ length: count }, (_, index) => (
        <div
          key={index}
          class="row bones"
          style={{ transform: `translateY(${(from + index) * height}px)`, height: `${height}px` }}
        >
          <span class="bone dot" />
          <span class="row-main">
            <span class="bone words" style={{ width: `${widths[(from + index) % widths.length]}%` }} />
            <span class="bone meta" style={{ width: `${(widths[(from + index + 3) % widths.length] ?? 60) / 2}%` }} />
          </span>
          <span class="bone time" />
        </div>
      ))}
    </div>
  )
}
