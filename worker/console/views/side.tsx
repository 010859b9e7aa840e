import { Bookmark, Ellipsis, Sparkles, Users } from 'lucide'
import { open } from '../actions/overlay.ts'
import { filters, place } from '../address/address.ts'
import { sameFilters, withoutFilters } from '../address/view.ts'
import { Button } from '../controls/button.tsx'
import { Icon } from '../controls/icon.tsx'
import { exactTime } from '../controls/moment.ts'
import { counts } from '../inbox/counts.ts'
import { ViewLink } from './link.tsx'
import { currentView, isChanged, loadViews, mayChange, savedFailure, savedViews, shownBy } from './saved.ts'
import { newsFilters, newSince } from './visit.ts'

/** What came in since the last visit; nothing on the first one, when everything is new. */
export function NewsLink() {
  const news = newsFilters.value
  if (!news || !newSince.value) return null
  const current = place.value.at === 'inbox' && sameFilters(news, withoutFilters(filters.value, ['sort']))
  return (
    <ViewLink
      label="New since last visit"
      title={`Received since ${exactTime(newSince.value)}`}
      icon={<Icon of={Sparkles} class={counts.value?.since?.count ? 'tone-info' : undefined} />}
      to={{ filters: news }}
      current={current}
      count={counts.value?.since ?? undefined}
    />
  )
}

/** The saved views, each with its count, the opened one with what can be done to it. */
export function SavedViews() {
  const failure = savedFailure.value
  const all = savedViews.value
  if (all.length === 0 && !failure) return null
  return (
    <>
      <h2 class="views-title">Saved views</h2>
      <ul class="views">
        {all.map((saved, index) => {
          const current = place.value.at === 'inbox' && currentView.value?.id === saved.id
          const key = index < 9 ? ` (G then ${index + 1})` : ''
          return (
            <ViewLink
              key={saved.id}
              label={saved.name}
              title={`${saved.name}${key}${saved.visibility === 'shared' ? `. Shared${saved.ownerName ? ` by ${saved.ownerName}` : ''}` : ''}`}
              icon={<Icon of={saved.visibility === 'shared' ? Users : Bookmark} />}
              to={shownBy(saved)}
              current={current}
              count={counts.value?.views[saved.id]}
            >
              {current && isChanged.value && (
                <span class="view-changed" title="The filters on screen are not the saved ones">
                  <span class="hidden-text">Changed</span>
                </span>
              )}
              {mayChange(saved) && (
                <Button
                  icon={Ellipsis}
                  class="small view-more"
                  label={`Edit the view ${saved.name}`}
                  onClick={() => open({ shows: 'view', id: saved.id })}
                />
              )}
            </ViewLink>
          )
        })}
      </ul>
      {failure && (
        <p class="views-failed">
          Saved views did not load.{' '}
          <button type="button" class="text-button" onClick={() => void loadViews()}>
            Try again
          </button>
        </p>
      )}
    </>
  )
}
