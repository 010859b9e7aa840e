import type { Voice } from './voice.ts'

/** Release 4.2.0 prints empty labels: the same fault in many words. 4.2.1 repairs it four days later. */
export const blankLabels: string[] = [
  'Labels print blank since the update. Printer is fine, test page is fine.',
  'every label comes out empty today. white sticker, nothing on it',
  'Blank labels!! We have 60 pieces coming out of Bertha tonight and no way to tell whose is whose.',
  'The label printer prints nothing but the border since this morning.',
  'Labels are empty in Safari. In Chrome I get the name but no QR code.',
  'hello, our labels are blank, is it us or is it you?',
  'Printing labels gives 24 blank stickers. I have now wasted two whole rolls, those are £11 each.',
  'label preview looks right but the print is empty',
  'After 4.2 the labels have no text. Went back to masking tape and a sharpie like animals.',
  'Print labels -> blank page. Mac, latest Safari, Zebra printer.',
  'Same here as everybody I guess: blank labels. When will it be fixed? We unload at 7 tomorrow.',
  'What happened to the labels? Only the dashed line is printed.',
  'Labels blank. Restarted printer, router, laptop, myself.',
  'Since yesterday the pickup labels print without the name and shelf. The QR code is there but tiny in the corner.',
  'Please roll back whatever you did to label printing. 31 students, 31 blank stickers.',
  'Blank label again today. I reported it yesterday. Any news?',
  'The labels for the childrens class were all empty and now we have 44 dinosaurs and no idea.',
  'Druck der Etiketten ist seit dem Update leer. Nur der Rahmen kommt an.',
  'Etiketten leer!! Wir haben morgen 80 Stücke auszugeben, bitte schnell.',
  'Les étiquettes sortent vides depuis la mise à jour de mardi.',
  'Étiquettes blanches, imprimante vérifiée, rien à faire. C’est urgent pour nous.',
  'Las etiquetas salen en blanco desde ayer, solo se ve el borde.',
  'As etiquetas saem em branco desde a versão nova. Já gastei um rolo inteiro.',
  '更新してからラベルが真っ白で印刷されます。急ぎです。',
  '업데이트 후 라벨이 백지로 인쇄됩니다. 프린터는 정상입니다.',
  '更新之后标签打印出来是空白的，打印机没问题。',
  'بعد التحديث تُطبع الملصقات فارغة تمامًا، والطابعة سليمة.',
  'Label printing broken, blank output, 4.2.0, Firefox 132, Brother QL. Console says "font not loaded".',
  'I paid for Pro because of the labels. The labels are blank. You see my problem.',
  'is there a known issue with labels? ours are empty',
  'Labels come out blank on the studio iPad, but on my own laptop they are ok (I have not updated yet?)',
  'No names on labels. It is a small disaster here, we are sorting by memory and by arguing.',
  'empty labels',
  'labels blank pls fix',
  'Why do I find out from blank stickers that you changed something? A note before the release would have been nice.',
  'Print is blank unless I zoom the browser to 90 %. Then it works. Maybe that helps you.',
]

/** What people said when it was repaired. */
export const repaired: Omit<Voice, 'kind'>[] = [
  { area: 'labels', mood: 0.85, text: 'Labels are back. Thank you for fixing it over a weekend.' },
  {
    area: 'labels',
    mood: 0.7,
    text: 'Labels work again with 4.2.1. Please test printing before the next release, it is the one thing we cannot do without.',
  },
  {
    area: 'labels',
    mood: 0.9,
    text: 'credit where due: reported blank labels on Thursday, got an honest answer in an hour and a fix on Saturday',
  },
  { area: 'labels', mood: 0.4, text: 'Labels print again, but who pays for the three rolls?' },
]

/** Tells which language a line of the spike is in, by its script and a few words. */
export function languageOf(text: string): Voice['language'] {
  if (/[\u3040-\u30ff]/.test(text)) return 'ja'
  if (/[\uac00-\ud7af]/.test(text)) return 'ko'
  if (/[\u4e00-\u9fff]/.test(text)) return 'zh'
  if (/[\u0600-\u06ff]/.test(text)) return 'ar'
  if (/etikett/i.test(text)) return 'de'
  if (/étiquettes/i.test(text)) return 'fr'
  if (/las etiquetas/i.test(text)) return 'es'
  if (/as etiquetas/i.test(text)) return 'pt'
  return undefined
}
