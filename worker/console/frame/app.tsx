import { useEffect } from 'preact/hooks'
import { Help } from '../actions/help.tsx'
import { overlay } from '../actions/overlay.ts'
import { Palette } from '../actions/palette.tsx'
import { go, listQuery, openId, place as placeShown } from '../address/address.ts'
import { explain } from '../collector/answer.ts'
import { signedOut } from '../collector/request.ts'
import { loadSession, project, session, sessionFailure } from '../collector/session.ts'
import { Button } from '../controls/button.tsx'
import { NoticeBar } from '../controls/notice.tsx'
import { density, rowHeights } from '../controls/preferences.ts'
import { ExportDialog } from '../export/dialog.tsx'
import { FilterMenu } from '../filters/menu.tsx'
import { GroupMenu } from '../inbox/group-menu.tsx'
import { JumpMenu } from '../inbox/jump.tsx'
import { ListView } from '../inbox/list-view.tsx'
import { RowSkeletons } from '../inbox/skeleton.tsx'
import { viewTitle } from '../inbox/views.ts'
import { Pane } from '../pane/pane.tsx'
import { LazyViewer } from '../pane/lazy-viewer.tsx'
import { TriageDialogs } from '../triage/lazy-dialogs.tsx'
import { TriageMenus } from '../triage/menus.tsx'
import { ViewDialog } from '../views/dialog.tsx'
import { Boundary, OverlayBoundary } from './boundary.tsx'
import { Connection } from './connection.tsx'
import { isLazy, LazyPlaceView, lazyViews } from './places.tsx'
import { Sidebar, SidebarSheet } from './sidebar.tsx'
import { SignedOut } from './signed-out.tsx'
import { Spoken } from './spoken.tsx'

export function App() {
  if (signedOut.value) return <SignedOut />
  if (sessionFailure.value) return <NotReady />
  if (session.value && session.value.projects.length === 0) return <NoProject />
  if (!project.value) return <Waiting />
  return (
    <Boundary class="gate" label="Earshot">
      <Console />
    </Boundary>
  )
}

function Console() {
  const here = placeShown.value
  const lazy = isLazy(here.at) ? here.at : null
  const place = lazy ? lazyViews[lazy].title : 'Inbox'
  const title = place === 'Inbox' ? viewTitle.value : place
  const reading = here.at === 'surveys' ? here.survey !== null || here.isNew : !lazy && openId.value !== null
  useEffect(() => {
    document.title = `${title} · ${project.value?.name ?? ''} · Earshot`
  }, [title])
  return (
    <>
      <main class={`frame ${reading ? 'reading' : ''} in-${here.at} ${lazy ? 'in-place' : ''}`}>
        <h1 class="hidden-text">
          {place} of <bdi>{project.value?.name}</bdi>
        </h1>
        <Boundary class="sidebar" label="Views">
          <Sidebar />
        </Boundary>
        {lazy && (
          <Boundary key={lazy} class="place" label={title} about={here}>
            <LazyPlaceView at={lazy} />
          </Boundary>
        )}
        {here.at === 'inbox' && (
          <>
            <Boundary key="list" class="list" label="Inbox" about={listQuery.value}>
              <ListView />
            </Boundary>
            <Boundary
              key="pane"
              class="pane"
              label="Reading pane"
              about={openId.value}
              leave={<Button onClick={() => go({ item: null })}>Close the item</Button>}
            >
              <Pane />
            </Boundary>
          </>
        )}
      </main>
      <OverlayBoundary about={overlay.value}>
        <Overlays />
      </OverlayBoundary>
      <Spoken title={title} />
      <NoticeBar>
        <Connection />
      </NoticeBar>
    </>
  )
}

/** What floats above the page, one at a time. */
function Overlays() {
  const shown = overlay.value?.shows
  return (
    <>
      {shown === 'sidebar' && <SidebarSheet />}
      {shown === 'palette' && <Palette />}
      {shown === 'help' && <Help />}
      {shown === 'export' && <ExportDialog />}
      {overlay.value?.shows === 'view' && <ViewDialog id={overlay.value.id} />}
      {overlay.value?.shows === 'dialog' && <overlay.value.View />}
      {overlay.value?.shows === 'image' && <LazyViewer {...overlay.value} />}
      <FilterMenu />
      <GroupMenu />
      <JumpMenu />
      <TriageMenus />
      <TriageDialogs />
    </>
  )
}

/** The frame as it will stand, before anybody knows who is here. */
function Waiting() {
  return (
    <main class="frame" aria-busy="true" aria-label="Loading">
      <div class="sidebar" />
      <div class="list">
        <div class="toolbar" />
        <div class="list-body">
          <div class={`rows ${density.value}`}>
            <RowSkeletons count={12} height={rowHeights[density.value]} />
          </div>
        </div>
      </div>
      <div class="pane" />
    </main>
  )
}

function NotReady() {
  const failure = sessionFailure.value
  if (!failure) return null
  const { what, next } = explain(failure)
  return (
    <main class="gate">
      <div class="gate-card" role="alert">
        <h1>{what}</h1>
        <p>{next}</p>
        <Button look="primary" onClick={() => void loadSession()}>
          Try again
        </Button>
      </div>
    </main>
  )
}

function NoProject() {
  return (
    <main class="gate">
      <div class="gate-card">
        <h1>No project yet</h1>
        <p>
          You are signed in as <bdi>{session.value?.member.name}</bdi>, and nobody has let you into a project. Ask an
          admin.
        </p>
      </div>
    </main>
  )
}
