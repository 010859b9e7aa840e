/** An item on its way: a head, a few lines of words, facts at the side. */
export function PaneSkeleton() {
  return (
    <div class="item" aria-hidden="true">
      <div class="item-main">
        <span class="bone head" style={{ width: '180px' }} />
        {[94, 88, 97, 61].map((width) => (
          <span class="bone line" key={width} style={{ width: `${width}%` }} />
        ))}
      </div>
      <div class="item-side">
        {[80, 64, 72, 58, 76].map((width) => (
          <span class="bone line" key={width} style={{ width: `${width}%` }} />
        ))}
      </div>
    </div>
  )
}
