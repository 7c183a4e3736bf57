import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core'

/** Cold slate: text at 0, borders at 4, controls at 6, panels at 7, the page at 9. */
const slate: MantineColorsTuple = [
  '#dbe2e9',
  '#b8c2cd',
  '#98a4b1',
  '#6d7986',
  '#2b333d',
  '#222931',
  '#1b2128',
  '#13181d',
  '#0e1216',
  '#090b0e',
]

/** The one accent. */
const accent: MantineColorsTuple = [
  '#e6f5fb',
  '#c9e6f2',
  '#a2d3e8',
  '#7bc0dd',
  '#5aaed2',
  '#459cc2',
  '#2f83a9',
  '#22698a',
  '#184e67',
  '#103546',
]

export const theme = createTheme({
  colors: { dark: slate, accent },
  primaryColor: 'accent',
  // One for both grounds: the letters on a filled button are chosen by this shade alone.
  primaryShade: 4,
  autoContrast: true,
  fontFamily:
    'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", "Helvetica Neue", Arial, sans-serif',
  fontFamilyMonospace: 'ui-monospace, "SF Mono", Menlo, Consolas, "Liberation Mono", monospace',
  fontSizes: { xs: '0.6875rem', sm: '0.75rem', md: '0.8125rem', lg: '0.9375rem', xl: '1.125rem' },
  lineHeights: { xs: '1.3', sm: '1.35', md: '1.4' },
  defaultRadius: '0.25rem',
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    // What opens over the page lies in its main landmark, as everything on it does; a label is read with its group.
    Menu: { defaultProps: { portalProps: { target: 'main' }, withInitialFocusPlaceholder: false } },
    MenuLabel: { defaultProps: { 'aria-hidden': true } },
    Popover: { defaultProps: { portalProps: { target: 'main' } } },
    Tooltip: { defaultProps: { openDelay: 400, withArrow: false, multiline: true, maw: '20rem', fz: 'sm' } },
    Modal: {
      defaultProps: {
        transitionProps: { duration: 120 },
        // Sheets follow one another: useReturnFocus gives the focus back once for all of them.
        returnFocus: false,
        overlayProps: { backgroundOpacity: 0.6 },
        closeButtonProps: { 'aria-label': 'Close' },
      },
      styles: { title: { fontSize: '0.9375rem', fontWeight: 600 } },
    },
  },
})

/** Letters and lines in the accent's colour, which are too pale on light panels. */
export const resolveVariables: CSSVariablesResolver = () => ({
  variables: {},
  dark: {},
  light: Object.fromEntries(
    [
      '--mantine-color-accent-text',
      '--mantine-color-accent-light-color',
      '--mantine-color-accent-outline',
      '--mantine-color-anchor',
    ].map((name) => [name, accent[7]]),
  ),
})
