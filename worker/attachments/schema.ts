import { createRoute, z } from '@hono/zod-openapi'
import { limits } from '../../sdk/wire/limits.ts'
import type { RestoredImage } from '../../sdk/wire/index.ts'
import { jsonAnswer, needs, problemResponse } from '../answers/schema.ts'
import { assertType, type Equal } from '../equal.ts'

const storedSchema = z
  .object({ type: z.string(), width: z.int(), height: z.int(), bytes: z.int() })
  .openapi('StoredAttachment')
const binary = { schema: z.string().openapi({ format: 'binary' }) }
const query = (name: string, description: string) =>
  ({ name, in: 'query', required: true, description, schema: { type: 'string' } }) as const

export const uploadRoute = createRoute({
  method: 'put',
  path: '/v1/feedback/{id}/attachments/{n}',
  operationId: 'uploadAttachment',
  summary: 'Send an image that was announced',
  description: `The image itself, PNG, JPEG or WebP by its own bytes, at most ${limits.attachmentMaxBytes} bytes and ${limits.attachmentMaxPixels} pixels, ${limits.attachmentMaxSide} along a side; the content type does not matter. A second one replaces the first.`,
  tags: ['Public'],
  parameters: [
    { name: 'id', in: 'path', required: true, schema: { type: 'string' } },
    { name: 'n', in: 'path', required: true, description: 'From 0, as announced.', schema: { type: 'integer' } },
    query('key', 'The publishable key.'),
    query('upload', 'The receipt’s `upload` token of this image, good for 30 days.'),
  ],
  request: { body: { required: true, content: { 'image/*': binary, 'text/plain': binary } } },
  responses: { 201: jsonAnswer(storedSchema, 'Stored'), default: problemResponse },
})

export const fileRoute = createRoute({
  method: 'get',
  path: '/files/{key}',
  operationId: 'getFile',
  summary: 'An image, by the signed link that an item gives',
  tags: ['Public'],
  parameters: [
    { name: 'key', in: 'path', required: true, schema: { type: 'string' } },
    query('until', 'Epoch seconds.'),
    query('sig', 'The signature.'),
  ],
  responses: {
    200: { description: 'The image', content: { 'image/png': binary, 'image/jpeg': binary, 'image/webp': binary } },
    default: problemResponse,
  },
})

const restoredSchema = z
  .object({ file: z.string(), type: z.string(), bytes: z.int(), width: z.int(), height: z.int() })
  .openapi('RestoredImage')

assertType<Equal<z.infer<typeof restoredSchema>, RestoredImage>>()

export const restoreImageRoute = createRoute({
  method: 'post',
  path: '/v1/restore/images',
  operationId: 'restoreImage',
  summary: 'An image of an item that is about to be restored',
  description:
    'Checked as on its way in. It waits an hour for its item, whose line names it as `file`; without it, it is thrown away.',
  tags: ['Backup'],
  ...needs('admin', 'project.restore'),
  parameters: [query('item', 'The item’s id.'), query('n', 'Which of its images, from 0.')],
  request: { body: { required: true, content: { 'image/*': binary } } },
  responses: { 201: jsonAnswer(restoredSchema, 'It waits'), default: problemResponse },
})
