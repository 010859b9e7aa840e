/** The page's own fonts that are in use, as rules with the files inside: an image loads nothing. */
export async function fontFaces(): Promise<string> {
  const plain = (family: string) => family.replace(/["']/g, '')
  const used = [...document.fonts].filter(({ status }) => status === 'loaded')
  const rules = [...document.styleSheets]
    .flatMap(rulesOf)
    .filter(({ style }) =>
      used.some(
        ({ family, weight, style: slant }) =>
          plain(family) === plain(style.getPropertyValue('font-family')) &&
          weight === (style.getPropertyValue('font-weight') || 'normal').replace('400', 'normal') &&
          slant === (style.getPropertyValue('font-style') || 'normal'),
      ),
    )
  const faces = await Promise.all(
    rules
      .map(async ({ cssText, parentStyleSheet }) => {
        const [whole, address = ''] = /url\("?([^")]+)"?\)/.exec(cssText) ?? []
        if (!whole) return ''
        const file = await fetch(new URL(address, parentStyleSheet?.href ?? document.baseURI)).then((answer) =>
          answer.blob(),
        )
        return cssText.replace(whole, `url("${await dataUrl(file)}")`)
      })
      .map((face) => face.catch(() => '')),
  )
  return faces.join('')
}

function rulesOf(sheet: { cssRules?: CSSRuleList }): CSSFontFaceRule[] {
  try {
    return [...(sheet.cssRules ?? [])].flatMap((rule) =>
      rule instanceof CSSFontFaceRule ? rule : rulesOf((rule as CSSImportRule).styleSheet ?? (rule as CSSGroupingRule)),
    )
  } catch {
    // Another origin's sheet.
    return []
  }
}

function dataUrl(file: Blob): Promise<string> {
  return new Promise((resolve) => {
    const reader = new FileReader()
    reader.addEventListener('load', () => resolve(reader.result as string))
    reader.readAsDataURL(file)
  })
}
