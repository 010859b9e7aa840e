import { LogOut } from 'lucide'
import { session, signOut } from '../collector/session.ts'
import { Button } from '../controls/button.tsx'
import { PlaceFrame } from '../frame/place.tsx'
import { Card } from '../setup/card.tsx'
import { addSetupSheet } from '../setup/sheet.ts'
import { Passkeys } from './passkeys.tsx'
import { Projects } from './projects.tsx'
import { Sessions } from './sessions.tsx'

addSetupSheet()

/** Who is signed in, and how they sign in. Belongs to the member, not to a project. */
export default function AccountView() {
  const member = session.value?.member
  if (!member) return null
  return (
    <PlaceFrame title="Your account">
      <div class="setup">
        <Card
          title={member.name}
          what={member.email ?? 'No e-mail address is known: colleagues see you by your name.'}
          actions={
            <Button icon={LogOut} look="outline" onClick={() => void signOut()}>
              Sign out
            </Button>
          }
        >
          <Projects />
        </Card>
        <Passkeys />
        <Sessions />
      </div>
    </PlaceFrame>
  )
}
