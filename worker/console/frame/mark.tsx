/** The product's sign: a sound that reaches somebody. */
export function Mark({ size = 20 }: { size?: number }) {
  return (
    <svg class="mark" width={size} height={size} viewBox="0 0 20 20" aria-hidden="true">
      <rect width="20" height="20" rx="6" class="mark-ground" />
      <g fill="none" stroke-width="1.75" stroke-linecap="round" class="mark-lines">
        <path d="M7 13.2V6.8" />
        <path d="M10.2 11.8a2.6 2.6 0 0 0 0-3.6" />
        <path d="M12.8 14a5.7 5.7 0 0 0 0-8" />
      </g>
    </svg>
  )
}
