import {
  ChartLine,
  Import,
  Inbox,
  Keyboard,
  ListChecks,
  LogOut,
  Monitor,
  Moon,
  ScrollText,
  Search,
  Settings,
  ShieldAlert,
  Sun,
} from 'lucide'
import { close, open } from '../actions/overlay.ts'
import { followTo, go, place, type Place, placeHref } from '../address/address.ts'
import { explain } from '../collector/answer.ts'
import { isAdmin, project, session, signOut } from '../collector/session.ts'
import { Button } from '../controls/button.tsx'
import { Dialog } from '../controls/dialog.tsx'
import { Icon } from '../controls/icon.tsx'
import { Keycap } from '../controls/keycap.tsx'
import { notify } from '../controls/notices.ts'
import { scheme, type Scheme } from '../controls/preferences.ts'
import { counts } from '../inbox/counts.ts'
import { isCurrent, spamView, views, type StatusView } from '../inbox/views.ts'
import { OfferStart } from '../setup/offer.tsx'
import { Troubles } from '../setup/troubles.tsx'
import { StatusIcon } from '../triage/status.tsx'
import { ViewLink } from '../views/link.tsx'
import { currentView } from '../views/saved.ts'
import { NewsLink, SavedViews } from '../views/side.tsx'
import { Mark } from './mark.tsx'

export function Sidebar() {
  return (
    <nav class="sidebar" aria-label="Views">
      <SidebarBody />
    </nav>
  )
}

/** The same on a narrow screen, over the list. */
export function SidebarSheet() {
  return (
    <Dialog label="Views" class="sheet" titled={false} onClose={close}>
      <nav class="sidebar" aria-label="Views">
        <SidebarBody />
      </nav>
    </Dialog>
  )
}

function SidebarBody() {
  const all = views.value[0]
  return (
    <>
      <div class="brand">
        <Mark />
        <ProjectName />
      </div>
      <button type="button" class="command" onClick={() => open({ shows: 'palette' })}>
        <Icon of={Search} size={14} />
        <span>Commands</span>
        <Keycap of="Mod+k" />
      </button>
      <OfferStart />
      <ul class="views">
        <NewsLink />
        {all && <BuiltInLink view={all} />}
      </ul>
      <SavedViews />
      <h2 class="views-title">By status</h2>
      <ul class="views">
        {views.value.slice(1).map((one) => (
          <BuiltInLink key={one.key} view={one} />
        ))}
      </ul>
      <h2 class="views-title">Set aside</h2>
      <ul class="views">
        <BuiltInLink view={spamView} />
      </ul>
      <h2 class="views-title">Measure and ask</h2>
      <ul class="views">
        <PlaceLink at={{ at: 'numbers' }} icon={ChartLine} label="Numbers" />
        <PlaceLink at={{ at: 'surveys', survey: null, isNew: false }} icon={ListChecks} label="Surveys" />
      </ul>
      <h2 class="views-title">Project</h2>
      <ul class="views">
        <PlaceLink at={{ at: 'setup', section: null }} icon={Settings} label="Set up" />
        <Troubles />
        <PlaceLink at={{ at: 'import' }} icon={Import} label="Import" />
        {isAdmin.value && <PlaceLink at={{ at: 'audit', query: '' }} icon={ScrollText} label="Audit log" />}
      </ul>
      <span class="spring" />
      <div class="sidebar-foot">
        <AccountLink />
        <SchemeSwitch />
        <Button icon={Keyboard} label="Keyboard shortcuts" shortcut="?" onClick={() => open({ shows: 'help' })} />
        <Button icon={LogOut} label="Sign out" onClick={() => void leave()} />
      </div>
    </>
  )
}

async function leave(): Promise<void> {
  const answer = await signOut()
  if (answer.ok) return
  const { what, next } = explain(answer.failure)
  notify({ tone: 'bad', text: `You are still signed in. ${what} ${next}` })
}

/** Who is signed in: the way to passkeys and sessions. */
function AccountLink() {
  const at: Place = { at: 'account' }
  return (
    <a
      class="member"
      href={placeHref(at, { item: null })}
      title={`Your account${session.value?.member.email ? `: ${session.value.member.email}` : ''}`}
      aria-current={place.value.at === 'account' ? 'page' : undefined}
      onClick={(event) => {
        followTo(event, at, { item: null })
        if (event.defaultPrevented) close()
      }}
    >
      <bdi>{session.value?.member.name}</bdi>
      <span class="hidden-text">: your account</span>
    </a>
  )
}

function ProjectName() {
  const projects = session.value?.projects ?? []
  if (projects.length < 2)
    return (
      <span class="project" dir="auto">
        {project.value?.name ?? 'Earshot'}
      </span>
    )
  return (
    <select
      class="project"
      aria-label="Project"
      value={project.value?.id ?? ''}
      onChange={(event) => {
        go({ project: event.currentTarget.value, filters: new Map(), item: null })
        location.reload()
      }}
    >
      {projects.map(({ id, name }) => (
        <option key={id} value={id} dir="auto">
          {name}
        </option>
      ))}
    </select>
  )
}

function BuiltInLink({ view: one }: { view: StatusView }) {
  const all = counts.value
  const count = one.status ? all?.statuses[one.status] : one.key === 'spam' ? all?.spam : all?.all
  const icon = one.key === 'spam' ? ShieldAlert : Inbox
  return (
    <ViewLink
      label={one.label}
      icon={one.status ? <StatusIcon of={one.status} /> : <Icon of={icon} />}
      to={{ filters: one.filters }}
      current={place.value.at === 'inbox' && !currentView.value && isCurrent(one)}
      count={count}
    />
  )
}

function PlaceLink({ at, icon, label }: { at: Place; icon: typeof Sun; label: string }) {
  return (
    <li>
      <a
        class="view-link"
        href={placeHref(at, { item: null })}
        aria-current={place.value.at === at.at ? 'page' : undefined}
        onClick={(event) => {
          followTo(event, at, { item: null })
          if (event.defaultPrevented) close()
        }}
      >
        <Icon of={icon} />
        <span class="view-name">{label}</span>
      </a>
    </li>
  )
}

const schemes: Record<Scheme, { next: Scheme; icon: typeof Sun; label: string }> = {
  system: { next: 'light', icon: Monitor, label: 'Colours follow the system' },
  light: { next: 'dark', icon: Sun, label: 'Light colours' },
  dark: { next: 'system', icon: Moon, label: 'Dark colours' },
}

function SchemeSwitch() {
  const { next, icon, label } = schemes[scheme.value]
  return (
    <Button
      icon={icon}
      label={`${label}. Change`}
      onClick={() => {
        scheme.value = next
      }}
    />
  )
}
