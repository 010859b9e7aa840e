/** The release: goes out as `sdk` with every submission, and stands in `/healthz`. A test holds it to `package.json`. */
export const version = '0.1.0'
