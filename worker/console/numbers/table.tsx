import type { ComponentChildren } from 'preact'

interface Row {
  key: string
  isFew?: boolean
  cells: readonly ComponentChildren[]
}

interface NumbersTableProps {
  caption: string
  /** What opens it. */
  title?: string
  head: readonly string[]
  rows: readonly Row[]
  /** Open from the start: a table that says more than its chart. */
  isOpen?: boolean
}

/** The table behind a chart. The first cell of a row is its name. */
export function NumbersTable({ caption, title = 'Table', head, rows, isOpen = false }: NumbersTableProps) {
  return (
    <details class="numbers-details" open={isOpen}>
      <summary>{title}</summary>
      <div class="numbers-scroll" role="region" tabIndex={0} aria-label={`${caption}, as a table`}>
        <table class="numbers-table">
          <caption class="hidden-text">{caption}</caption>
          <thead>
            <tr>
              {head.map((title) => (
                <th key={title} scope="col">
                  <bdi>{title}</bdi>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ key, isFew, cells: [name, ...cells] }) => (
              <tr key={key} class={isFew ? 'few' : ''}>
                <th scope="row">
                  <bdi>{name}</bdi>
                </th>
                {cells.map((cell, index) => (
                  <td key={index}>{cell}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  )
}
