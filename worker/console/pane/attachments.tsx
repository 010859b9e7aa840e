import { EyeOff, ImageOff, Hourglass } from 'lucide'
import { useState } from 'preact/hooks'
import type { Attachment, Feedback } from '../../../sdk/wire/index.ts'
import { open } from '../actions/overlay.ts'
import { readFeedback } from '../collector/feedback.ts'
import { Icon } from '../controls/icon.tsx'
import { plural } from '../controls/total.ts'
import { imageFacts } from './image-facts.ts'

/** The images of an item: small, each opens whole. One that was announced and has not come says so. */
export function Attachments({ item }: { item: Feedback }) {
  // Links are good for an hour; a console stays open longer.
  const [fresh, setFresh] = useState<{ change: number; attachments: Attachment[] } | null>(null)
  const attachments = (fresh?.change === item.change ? fresh.attachments : item.attachments) ?? []
  if (attachments.length === 0) return null
  const refresh = async () => {
    const answer = await readFeedback(item.id)
    if (answer.ok) setFresh({ change: item.change, attachments: answer.value.attachments ?? [] })
  }
  return (
    <section aria-label="Images">
      <h3 class="part-title">{plural(attachments.length, 'image')}</h3>
      <ul class="images">
        {attachments.map((attachment, index) => (
          <li key={index}>
            {attachment.removed ? (
              <Removed />
            ) : attachment.url === undefined ? (
              <Pending attachment={attachment} />
            ) : (
              <Thumbnail
                attachment={attachment}
                label={`Image ${index + 1} of ${attachments.length}, ${imageFacts(attachment)}`}
                onOpen={() => open({ shows: 'image', images: attachments, at: index, reference: item.reference })}
                onExpired={refresh}
              />
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}

function Removed() {
  return (
    <div class="image-tile pending removed">
      <Icon of={EyeOff} />
      <span>Removed</span>
      <span class="quiet">by the team, for good</span>
    </div>
  )
}

function Pending({ attachment }: { attachment: Attachment }) {
  return (
    <div class="image-tile pending">
      <Icon of={Hourglass} />
      <span>Not here yet</span>
      <span class="quiet">{imageFacts(attachment)}</span>
    </div>
  )
}

interface ThumbnailProps {
  attachment: Attachment
  label: string
  onOpen: () => void
  onExpired: () => Promise<void>
}

function Thumbnail({ attachment, label, onOpen, onExpired }: ThumbnailProps) {
  const [failed, setFailed] = useState<string[]>([])
  const url = attachment.url ?? ''
  const isBroken = failed.includes(url)
  const fail = () => {
    // The first failure is most often a link that has expired; a second one, with a new link, is shown.
    setFailed([...failed, url])
    if (failed.length === 0) void onExpired()
  }
  if (isBroken) {
    return (
      <button type="button" class="image-tile pending" onClick={() => void onExpired().then(() => setFailed([]))}>
        <Icon of={ImageOff} />
        <span>Could not be shown</span>
        <span class="text-button">Try again</span>
      </button>
    )
  }
  return (
    <button type="button" class="image-tile" aria-haspopup="dialog" aria-label={label} onClick={onOpen}>
      <img src={url} alt="" width={attachment.width} height={attachment.height} loading="lazy" onError={fail} />
      <span class="image-facts" aria-hidden="true">
        {imageFacts(attachment)}
      </span>
    </button>
  )
}
