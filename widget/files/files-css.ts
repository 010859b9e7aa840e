/** The thumbnails. */
export const filesCss =
  '.attached{display:flex;flex-wrap:wrap;gap:8px;margin:0;padding:0;list-style:none}.attached:empty{display:none}.attached li{position:relative;width:104px;height:78px;border:1px solid var(--line);border-radius:6px;overflow:clip}.attached canvas{display:block;width:100%;height:100%}.attached button{position:absolute;inset-block-start:4px;inset-inline-end:4px;width:28px;height:28px;padding:0;border-color:var(--line);border-radius:6px;color:var(--ink)}.attached button:first-of-type{inset-inline-end:36px}.attached svg{width:16px;height:16px}'
