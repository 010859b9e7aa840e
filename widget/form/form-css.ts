/** The form's sheet. Tokens come from the launcher's. */
export const formCss = `dialog{position:fixed;inset:auto;z-index:2147483647;width:400px;max-width:100vw;max-height:min(720px,100dvh - 48px);margin:0;padding:0;border:1px solid var(--line);border-radius:var(--earshot-radius,10px);background:var(--bg);color:var(--ink);box-shadow:var(--shade);overflow:hidden}
dialog[open]{display:flex;animation:in .16s ease-out}
@keyframes in{from{opacity:0;transform:translateY(8px)}}
dialog::backdrop{background:oklch(.2 .02 260/.4)}
.sheet{display:flex;flex-direction:column;flex:1;min-width:0}
header{display:flex;align-items:center;justify-content:space-between;padding:12px 8px 8px 16px}
h2,h3,p,fieldset,legend{margin:0;padding:0;border:0;font:inherit}
h2,h3{font-size:16px;font-weight:600;outline:0}
form{display:flex;flex-direction:column;min-height:0}
.fields{display:flex;flex-direction:column;gap:16px;min-width:0;padding:8px 16px 16px;overflow:auto;overscroll-behavior:contain}
.kinds{display:grid;grid-template-columns:repeat(auto-fit,minmax(80px,1fr));gap:8px}
.tile,.rating label,dialog button{border:1px solid var(--line);border-radius:6px;background:var(--bg);color:var(--ink);cursor:pointer;transition:background-color .12s,border-color .12s}
.tile{display:flex;flex-direction:column;align-items:center;gap:4px;padding:8px 4px;font-size:13px;line-height:20px;color:var(--dim);text-decoration:none;position:relative}
.tile:hover,.rating label:hover,dialog button:hover{background:var(--soft)}
.tile:active,.rating label:active,dialog button:active{background:var(--line)}
.tile:has(:checked),.rating label:has(:checked){border-color:var(--strong);color:var(--strong);background:color-mix(in oklab,var(--strong) 8%,var(--bg));box-shadow:inset 0 0 0 1px var(--strong)}
.tile:has(:checked){font-weight:600}
.kinds input,.rating input{position:absolute;opacity:0;inset:0;margin:0;cursor:pointer}
label:has(:focus-visible){outline:2px solid var(--strong);outline-offset:2px}
.field{display:flex;flex-direction:column;gap:4px}
.field span,legend,summary{font-size:14px;line-height:20px;font-weight:600}
.field textarea,.field input{width:100%;margin:0;padding:8px 12px;font-size:16px;line-height:24px;font-family:inherit;color:inherit;background:var(--bg);border:1px solid var(--edge);border-radius:6px}
.field textarea{display:block;min-height:112px;max-height:40dvh;resize:vertical;field-sizing:content}
.field :focus-visible{outline:0;border-color:var(--strong);box-shadow:0 0 0 3px color-mix(in oklab,var(--strong) 24%,#0000)}
[aria-invalid=true]{border-color:var(--bad)!important}
.missing{margin-top:-8px;font-size:13px;color:var(--bad)}
.missing:empty{display:none}
.rating{display:flex;flex-wrap:wrap;gap:4px}
legend{float:left;width:100%;margin-bottom:4px}
.rating label{position:relative;display:grid;place-items:center;flex:1;min-width:28px;height:36px;font-size:14px;font-variant-numeric:tabular-nums}
.stars label,.thumbs label{flex:none;width:44px}
.stars .on svg{fill:var(--strong);color:var(--strong)}
.thumbs label:nth-of-type(1) svg{transform:rotate(180deg)}
.ends{display:flex;justify-content:space-between;width:100%;font-size:12px;line-height:16px;color:var(--dim)}
details{font-size:13px;line-height:20px;color:var(--dim)}
summary{font-size:13px;font-weight:400;cursor:pointer;border-radius:4px;overflow:hidden;text-overflow:ellipsis}
.part{display:flex;gap:8px;margin-top:8px;font-size:13px;line-height:20px;cursor:pointer}
.part span{min-width:0}
.part b{display:block;font-weight:600;color:var(--ink)}
.part b::first-letter{text-transform:uppercase}
small{display:block;font-size:12px;line-height:16px;overflow-wrap:anywhere}
input[type=checkbox]{flex:none;width:16px;height:16px;margin:2px 0 0;accent-color:var(--strong)}
footer{display:flex;align-items:center;justify-content:flex-end;gap:8px;padding:12px 16px;border-top:1px solid var(--line)}
footer a{margin-inline-end:auto;font-size:13px;color:var(--dim)}
dialog button{display:inline-flex;align-items:center;justify-content:center;gap:8px;height:36px;padding:0 12px;font-size:14px;font-weight:600}
dialog .primary{min-width:104px;border-color:#0000;background:var(--fill);color:var(--on)}
dialog .primary:hover{background:color-mix(in oklab,var(--fill) 90%,#000)}
dialog .primary:active{background:color-mix(in oklab,var(--fill) 80%,#000)}
dialog .close{width:36px;padding:0;border-color:#0000;color:var(--dim)}
i{width:14px;height:14px;border:2px solid;border-inline-end-color:#0000;border-radius:50%;animation:turn .8s linear infinite}
@keyframes turn{to{transform:rotate(1turn)}}
:disabled{cursor:default}
.fields:disabled{opacity:.6}
.alert{display:flex;align-items:center;gap:12px;margin:0 16px 12px;padding:12px;border:1px solid color-mix(in oklab,var(--bad) 40%,var(--bg));border-radius:6px;background:color-mix(in oklab,var(--bad) 8%,var(--bg));font-size:13px;line-height:20px}
.alert button{flex:none}
.outcome{display:flex;flex-direction:column;align-items:center;gap:4px;text-align:center}
.outcome>svg{width:40px;height:40px;margin:16px 0 8px;padding:8px;border-radius:50%;background:var(--soft);color:var(--dim)}
.good>svg{background:color-mix(in oklab,var(--good) 14%,var(--bg));color:var(--good)}
.outcome p{padding:0 24px;font-size:14px;line-height:20px;color:var(--dim)}
.reference{margin-top:8px}
code{font:600 14px/20px ui-monospace,SFMono-Regular,Menlo,monospace;letter-spacing:.04em;color:var(--ink);user-select:all}
.outcome footer{align-self:stretch;margin-top:24px}
.sr{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
@media(max-width:640px){dialog{inset:auto 0 0!important;width:100vw;max-height:92dvh;border-width:1px 0 0;border-radius:14px 14px 0 0;padding-bottom:env(safe-area-inset-bottom)}dialog button,.rating label{height:44px}dialog .close{width:44px}}
@media(prefers-contrast:more){:host{--line:var(--edge);--dim:var(--ink)}}
@media(prefers-reduced-motion:reduce){dialog,i{animation:none!important}*{transition:none!important}}
@media(forced-colors:active){.tile:has(:checked),.rating label:has(:checked){outline:2px solid Highlight}.field :focus-visible{outline:2px solid Highlight}}`
