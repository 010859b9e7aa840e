import { UserRoundPlus } from 'lucide'
import { useEffect } from 'preact/hooks'
import { isAdmin } from '../../collector/session.ts'
import { listMembers } from '../../collector/team.ts'
import { useAnswer } from '../../collector/use-answer.ts'
import { Button } from '../../controls/button.tsx'
import { members } from '../../triage/members.ts'
import { Card, CardBones, NotLoaded, OnlyAdmins } from '../card.tsx'
import { Invitations } from './invitations.tsx'
import { openInvite } from './invite.tsx'
import { MemberTable } from './table.tsx'
import { askAgain, round } from './round.ts'
import { roleNames, roles, roleWords } from './roles.ts'

/** Who works in the project, and as what. */
export function PeopleSection() {
  const { value, failure } = useAnswer(listMembers, [round.value])
  useEffect(() => {
    // Whom items can be assigned to, too.
    if (value) members.value = value.items
  }, [value])
  if (failure) return <NotLoaded failure={failure} onAgain={askAgain} />
  if (value === null) return <CardBones lines={5} />
  const invite = (
    <Button icon={UserRoundPlus} look="primary" onClick={openInvite}>
      Invite somebody
    </Button>
  )
  return (
    <>
      {!isAdmin.value && <OnlyAdmins>These are the people who work here.</OnlyAdmins>}
      <Card
        title="People who work here"
        what="Each with a role in this project. A change takes effect at once."
        actions={isAdmin.value && invite}
      >
        <MemberTable members={value.items} onChange={askAgain} />
        <dl class="people-roles" aria-label="What the roles may do">
          {roles.map((role) => (
            <div key={role}>
              <dt>{roleNames[role]}</dt>
              <dd>{roleWords[role]}</dd>
            </div>
          ))}
        </dl>
      </Card>
      {isAdmin.value && <Invitations />}
    </>
  )
}
