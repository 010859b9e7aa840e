/** Kilnyard's one module. Each part does nothing on a page that lacks what it works on. */
import { fillDates } from './dates.ts'
import { wireBooking } from './booking.ts'
import { wireFilter } from './filter.ts'
import { wireSettings } from './settings.ts'
import { introduce } from './earshot.ts'
import { toast } from './toast.ts'

fillDates(document, new Date())
introduce()
wireBooking(document)
wireFilter(document)
wireSettings(document)

document.querySelector('[data-print]')?.addEventListener('click', () => {
  toast('12 labels sent to the printer by the door.')
})
