/** A token, the key it is verified with (base64url), and what is expected of its signature. */
export interface JwsVector {
  name: string
  key: string
  token: string
  isSigned: boolean
}

/** RFC 7515, appendix A.1, and RFC 7520, section 4.4: the examples of HS256 (IETF Trust, Simplified BSD licence). */
const published: JwsVector[] = [
  {
    name: 'RFC 7515 A.1',
    key: 'AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow',
    token:
      'eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk',
    isSigned: true,
  },
  {
    name: 'RFC 7520 4.4',
    key: 'hJtXIZ2uSN5kbQfbtTNWbpdmhkV8FJG-Onbc6mxCcYg',
    token:
      'eyJhbGciOiJIUzI1NiIsImtpZCI6IjAxOGMwYWU1LTRkOWItNDcxYi1iZmQ2LWVlZjMxNGJjNzAzNyJ9.SXTigJlzIGEgZGFuZ2Vyb3VzIGJ1c2luZXNzLCBGcm9kbywgZ29pbmcgb3V0IHlvdXIgZG9vci4gWW91IHN0ZXAgb250byB0aGUgcm9hZCwgYW5kIGlmIHlvdSBkb24ndCBrZWVwIHlvdXIgZmVldCwgdGhlcmXigJlzIG5vIGtub3dpbmcgd2hlcmUgeW91IG1pZ2h0IGJlIHN3ZXB0IG9mZiB0by4.s0h6KThzkfBBBkLspW1h84VsJZFTsPPqMDA7g1Md7p0',
    isSigned: true,
  },
]

/**
 * From Project Wycheproof, testvectors_v1/json_web_signature_test.json (https://github.com/C2SP/wycheproof), the group
 * "hs256" whole, and of "es256" what an HS256 verifier could be confused by. Copyright Google and the Wycheproof
 * contributors, Apache License 2.0.
 */
const wycheproofKey = '-ebuDNsVZ2iJtoZ-akfXTSCt4UO2cruLCsbWlBinggE'
const header = 'eyJhbGciOiJIUzI1NiIsImtpZCI6ImtpZC1hZXMtc2lnbiJ9'
const signature = 'TD37p4c_0jmreSrBSDmE0F3mYSPtkZ3WrSyI5wb_KTg'
const wycheproof: [tcId: number, comment: string, jws: string, result?: 'valid'][] = [
  [1, 'acceptsValid', `${header}.Zm9v.${signature}`, 'valid'],
  [2, 'rejectsModifiedSignature', `${header}.Zm9v.XD37p4c_0jmreSrBSDmE0F3mYSPtkZ3WrSyI5wb_KTg`],
  [3, 'rejectsMissingSignature', `${header}.Zm9v.`],
  [4, 'rejectsMissingSignatureAndSeparator', `${header}.Zm9v`],
  [5, 'rejectsModifiedPayload', `${header}.WG9v.${signature}`],
  [6, 'rejectsMissingPayload', `${header}..${signature}`],
  [7, 'rejectsMissingPayloadAndSeparator', `${header}.${signature}`],
  [8, 'rejectsModifiedHeader', `eyJhbGciOiJIUzI1NiIsImtpZCI6IlhpZC1hZXMtc2lnbiJ9.Zm9v.${signature}`],
  [9, 'rejectsMissingHeader', `.Zm9v.${signature}`],
  [10, 'rejectsMissingHeaderAndSeparator', `Zm9v.${signature}`],
  [11, 'rejectsMissingHeaderAndSignature', '.Zm9v.'],
  [12, 'rejectsMissingHeaderSignatureAndSeparators', 'Zm9v'],
  [13, 'rejectsEmptyString', ''],
  [14, 'rejectsExtraEmptyComponent', `${header}.Zm9v.${signature}.`],
  [15, 'rejectsExtraComponent', `${header}.Zm9v.${signature}.foo`],
  [16, 'rejectsNoneAlgorithmAndMissingSignature', 'eyJhbGciOiJub25lIiwia2lkIjoia2lkLWFlcy1zaWduIn0.Zm9v.'],
  [
    17,
    'rejectsValidJsonSerialization',
    `{"payload":"Zm9v","signatures":[{"protected":"${header}","header":{"unknown":"untrustworthy"},"signature":"${signature}"}`,
  ],
  [
    18,
    'ES256, valid for its own key',
    'eyJhbGciOiJFUzI1NiIsImtpZCI6ImtpZC1lYy1zaWduIn0.Zm9v.5cA0OHyMP7ezamUd5c9kV-FrGxdx4hbGXOdplQkutrqWrte5P-pAvsE3Ve6xSyU3YDQwUHjVVOtvcrEbbnZ8yA',
  ],
  [
    31,
    'rejectsSymmetryConfusionAttacks_aesKeyFromEcVerificationKeyBytes',
    'eyJhbGciOiJIUzI1NiIsImtpZCI6ImtpZC1lYy1zaWduIn0.Zm9v.TgWtz2FIRukBQ_mA5sgHa0Ybtgn7bl-YBPAi7Z0XdHU',
  ],
  [
    32,
    'rejectsAttackerProvidedEmbeddedJwk',
    'eyJhbGciOiJFUzI1NiIsImtpZCI6ImtpZC1lYy1zaWduIiwiandrIjp7Imt0eSI6IkVDIiwia2lkIjoia2lkLWVjLXNpZ24iLCJ1c2UiOiJzaWciLCJhbGciOiJFUzI1NiIsIngiOiJNZG5UWkRJaERKYmZBU2RGcWFtY3BPMkNoOUdOS0sybTBNUWxoNDAyU3BvIiwieSI6Ijdhdko0bHFfV3l4LW5MUERCUTJZcHl0dUh5TWlvMDdCVXl2bDNqYUMtMVkiLCJjcnYiOiJQLTI1NiJ9fQ.Zm9v.4jmsollQD8ZxvySzXYnIEYA4fwaZi2ZbC0aI1J4LYmW2Bn31NhKdjms2N6o51Dff5-InWXQF9m45VtTexl6yjg',
  ],
]

export const jwsVectors: readonly JwsVector[] = [
  ...published,
  ...wycheproof.map(([tcId, comment, token, result]) => ({
    name: `Wycheproof ${tcId} ${comment}`,
    key: wycheproofKey,
    token,
    isSigned: result === 'valid',
  })),
]
