/**
 * Function words that say little about what is looked for and stand in most items: a search leaves them out where other
 * words remain. English, German, French, Spanish, Portuguese, Italian, Dutch; as `searchable` writes them.
 */
const lists = `
a an and are as at be but by do for from had has have i if in is it its me my no not of on or our so that the their
them then there they this to was we were what when with you your
das dem den der des die ein eine einen er es hat ich im ist mit nicht sie und von war wir zu
au aux avec ce dans de du elle en est et il je la le les mais nous on par pas pour que qui sur un une
al con del el esta las los mi muy no para pero por se su una y
ao com da do dos em mas na nao o os que um uma
che di ho il la lo ma mi non per sono un una
dat een en het ik is met niet op te van voor was zijn`

const stopWords: ReadonlySet<string> = new Set(lists.split(/\s+/).filter((word) => word !== ''))

export const isStopWord = (word: string): boolean => stopWords.has(word.toLowerCase())
