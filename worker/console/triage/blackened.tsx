/** A text in which what was blacked out looks it. */
export function Blackened({ text }: { text: string }) {
  return (
    <>
      {text.split(/(█+)/).map((part, index) =>
        index % 2 === 1 ? (
          <span class="blackened" title="Blacked out" key={index}>
            {part}
          </span>
        ) : (
          part
        ),
      )}
    </>
  )
}
