import type { Voice } from './voice.ts'

/** What people like, in English. */
export const kindWords: Omit<Voice, 'kind'>[] = [
  { area: 'today', mood: 1, text: 'I check the kiln from bed. Best money we ever spent.' },
  {
    area: 'labels',
    mood: 0.95,
    text: 'Nobody has taken home the wrong mug since September. That used to be a weekly drama.',
  },
  {
    area: 'notices',
    mood: 0.95,
    text: 'The pickup notices emptied our shelves in a week. I found the wall behind them. It is yellow.',
  },
  { area: 'firings', mood: 0.95, text: 'Love the firing curves. I finally understand what my kiln is doing at 573.' },
  { area: 'booking', mood: 0.9, text: 'Booking took ten seconds on the bus. Lovely.', form: 'phone' },
  { area: 'pieces', mood: 0.95, text: 'The little pots in the glaze colours make me smile every morning.' },
  {
    area: 'billing',
    mood: 0.9,
    text: 'Invoices by volume are fair and, more important, nobody argues with me any more.',
  },
  { area: 'today', mood: 0.95, text: 'moved over from a paper calendar and three whatsapp groups. never going back' },
  {
    area: 'settings',
    mood: 0.9,
    text: 'Set up in one evening, and I am not a computer person at all. Thank you for writing help texts in English and not in Computer.',
  },
  { area: 'today', mood: 1, text: 'It simply works.' },
  { area: 'account', mood: 0.95, text: 'Support answered within the hour, on a Sunday, with a drawing. A drawing!' },
  {
    area: 'firings',
    mood: 0.9,
    text: 'The night power option cut our bill by a fifth. The committee wants to frame the invoice.',
  },
  {
    area: 'pieces',
    mood: 0.9,
    text: 'I can finally tell students where their piece is without walking to the kiln room.',
  },
  { area: 'today', mood: 0.9, text: 'really nice and calm app. everything is where i look for it' },
  { area: 'booking', mood: 0.85, text: 'Good that it asks for the height. Saved my vase.' },
  { area: 'today', mood: 0.9, text: 'Great' },
  { area: 'pieces', mood: 0.9, text: 'Very good.' },
  {
    area: 'firings',
    mood: 0.95,
    text: 'The warning that Ember was climbing too fast came 20 minutes before I would have noticed. We opened the vent and lost nothing. I owe you a shelf of porcelain.',
  },
  {
    area: 'notices',
    mood: 0.85,
    text: 'Ten-day reminder is friendly enough that people are not offended and firm enough that they come.',
  },
  { area: 'today', mood: 0.95, text: 'Our new members learn it faster than the door code.' },
  {
    area: 'labels',
    mood: 0.9,
    text: 'QR label, phone, done. My hands were covered in slip and it still worked.',
    form: 'phone',
  },
  {
    area: 'firings',
    mood: 0.9,
    text: 'Dear team, we are a school with 240 children and two elderly kilns. Since we use Kilnyard I go home at five. Before, on firing days, it was eight. I wanted you to know that. Best wishes from Aarhus, Birgit',
  },
  { area: 'today', mood: 0.9, text: 'Dark mode at 4 am next to the kiln, thank you, my eyes thank you' },
  {
    area: 'settings',
    mood: 0.85,
    text: 'House rules on every booking confirmation. People actually wax their feet now.',
  },
  { area: 'billing', mood: 0.85, text: 'Fair price for what it does.' },
  { area: 'booking', mood: 0.9, text: '10/10 would book a shelf again' },
]
