/** The release that goes out as `sdk` with every submission; a test holds it to `package.json`. */
export const version = '0.1.0'
