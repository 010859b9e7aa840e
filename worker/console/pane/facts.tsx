import type { Feedback } from '../../../sdk/wire/index.ts'
import { exactTime } from '../controls/moment.ts'
import { languageName } from '../filters/fields.ts'
import { Fact, FactList } from './fact.tsx'
import { FilterButton } from './person.tsx'

/** Where it was said, with what, in which version, and what the developers tagged it with. */
export function Facts({ item }: { item: Feedback }) {
  const { page } = item
  const path = pathOf(page?.url)
  const tags = Object.entries(item.tags)
  return (
    <>
      {tags.length > 0 && (
        <section aria-label="Tags">
          <h3 class="side-title">Tags</h3>
          <FactList>
            {tags.map(([name, value]) => (
              <Fact
                key={name}
                name={name}
                action={<FilterButton name={`tag.${name}`} value={String(value)} label={`Filter by ${name}`} />}
              >
                {String(value)}
              </Fact>
            ))}
          </FactList>
        </section>
      )}
      {page && (
        <section aria-label="Page">
          <h3 class="side-title">Page</h3>
          <FactList>
            {path && (
              <Fact
                name="Path"
                title={page.url ?? path}
                action={<FilterButton name="path" value={path} label="Everything said on this page" />}
              >
                {path}
              </Fact>
            )}
            {page.title && <Fact name="Title">{page.title}</Fact>}
            {page.referrer && <Fact name="Came from">{page.referrer}</Fact>}
            {page.locale && (
              <Fact
                name="Language"
                action={<FilterButton name="locale" value={page.locale} label="Everything in this language" />}
              >
                {languageName(page.locale)}
              </Fact>
            )}
            {page.device && <Fact name="Device">{deviceInWords(page.device)}</Fact>}
            {page.viewport && (
              <Fact name="Window">
                {page.viewport.width} × {page.viewport.height}
                {page.viewport.ratio && page.viewport.ratio !== 1 ? `, ${page.viewport.ratio}x` : ''}
              </Fact>
            )}
            {page.timeZone && <Fact name="Time zone">{page.timeZone}</Fact>}
          </FactList>
        </section>
      )}
      <section aria-label="Record">
        <h3 class="side-title">Record</h3>
        <FactList>
          {item.release && (
            <Fact
              name="Release"
              action={<FilterButton name="release" value={item.release} label="Everything about this release" />}
            >
              {item.release}
            </Fact>
          )}
          <Fact name="Environment">{item.environment}</Fact>
          <Fact name="Source">{item.source}</Fact>
          {item.assignee && <Fact name="Assignee">{item.assignee}</Fact>}
          {item.externalId && <Fact name="Imported as">{item.externalId}</Fact>}
          <Fact name="Said">{exactTime(item.createdAt)}</Fact>
          <Fact name="Received">{exactTime(item.receivedAt)}</Fact>
          {item.sdk && <Fact name="Sent by">{item.sdk}</Fact>}
        </FactList>
      </section>
    </>
  )
}

function pathOf(url: string | undefined): string | null {
  if (!url) return null
  return URL.canParse(url) ? new URL(url).pathname : url
}

function deviceInWords({ browser, os, form }: { browser?: string; os?: string; form?: string }): string {
  const words = [browser, os].filter(Boolean).join(' on ')
  return [words, form].filter(Boolean).join(', ')
}
