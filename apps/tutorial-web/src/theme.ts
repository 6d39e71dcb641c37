import {
  Alert,
  Button,
  CloseButton,
  type CSSVariablesResolver,
  createTheme,
  DEFAULT_THEME,
  Input,
  type MantineColorsTuple,
  SegmentedControl,
  Tooltip,
} from '@mantine/core';

/** The colour of the application: buttons, focus, who speaks. */
const brand: MantineColorsTuple = [
  '#eefcf9',
  '#d5f6ef',
  '#a8ecdf',
  '#74e0cd',
  '#45d1ba',
  '#22b8a1',
  '#149585',
  '#0f766e',
  '#0d5f59',
  '#0a4a46',
];

const danger: MantineColorsTuple = [
  '#fff1f1',
  '#ffe0e0',
  '#ffc2c2',
  '#ff9f9f',
  '#f87474',
  '#ec5050',
  '#d53a3a',
  '#bf2626',
  '#a01f1f',
  '#7d1818',
];

/** What is behind everything; telephones colour the edges of their screen with it. */
export const page = { light: '#f3f6f7', dark: '#0d1315' };

/** From letters to what is behind everything, where it is dark. */
const dark: MantineColorsTuple = [
  '#dbe4e6',
  '#b7c6ca',
  '#9aabb0',
  '#6d7f85',
  '#46565c',
  '#2c393e',
  '#1f2a2e',
  '#161e21',
  '#10171a',
  '#0d1315',
];

const fontFamily = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif';

/** Height of what a finger has to hit, and size of letters at which a telephone doesn't zoom into a field. */
const touch = '2.75rem';
const fieldLetters = '1rem';

/** Colours, shapes and letters of the whole application. Components name what a colour means, never the colour. */
export const theme = createTheme({
  colors: {
    brand,
    dark,
    danger,
    success: brand,
    warning: DEFAULT_THEME.colors.orange,
    info: DEFAULT_THEME.colors.blue,
    neutral: DEFAULT_THEME.colors.gray,
  },
  primaryColor: 'brand',
  primaryShade: 7,
  // Letters on a filled colour are black or white, whichever has a contrast of at least 4.5 to 1.
  autoContrast: true,
  luminanceThreshold: 0.179,
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  fontFamily,
  headings: { fontWeight: '650' },
  components: {
    Input: Input.extend({
      vars: () => ({ wrapper: { '--input-height': touch, '--input-fz': fieldLetters } }),
    }),
    Button: Button.extend({ vars: () => ({ root: { '--button-height': touch } }) }),
    CloseButton: CloseButton.extend({ defaultProps: { size: 'xl', iconSize: '1.375rem' } }),
    SegmentedControl: SegmentedControl.extend({
      vars: () => ({ root: { '--sc-padding': '0.75rem' } }),
      // Its letters lie on layers of their own, which must not come over what it scrolls under.
      styles: { root: { isolation: 'isolate' } },
    }),
    // Beside what it explains, so that it lies in the same landmark for screen readers.
    Tooltip: Tooltip.extend({ defaultProps: { withinPortal: false } }),
    Alert: Alert.extend({
      styles: { closeButton: { width: touch, height: touch, margin: '-0.75rem -0.75rem -0.75rem 0' } },
    }),
  },
});

/** What the style sheets of the components use beside Mantine's own variables. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {
    '--touch': touch,
    '--tile-radius': '0.875rem',
    '--tile-gap': '0.5rem',
    '--tile-label': 'rgb(8 15 20 / 72%)',
    '--tile-label-text': '#fff',
    '--pill-radius': '2rem',
  },
  light: {
    '--page': page.light,
    '--surface': '#ffffff',
    '--line': '#dde4e6',
    '--tile': '#d3dcdf',
    '--tile-text': '#33454b',
    '--own-message': brand[1],
    '--speaking': brand[6],
    '--mantine-color-body': '#ffffff',
    '--mantine-color-text': '#10191c',
    '--mantine-color-dimmed': '#53636a',
    '--mantine-color-placeholder': '#5f6f75',
    '--mantine-color-error': danger[7],
    '--mantine-color-warning-light-color': '#9c3d0a',
    '--mantine-color-default-border': '#b9c5c9',
    '--mantine-color-disabled-color': '#66757b',
  },
  dark: {
    '--page': page.dark,
    '--surface': dark[7],
    '--line': dark[5],
    '--tile': dark[6],
    '--tile-text': dark[1],
    '--own-message': '#12403c',
    '--speaking': brand[4],
    '--mantine-color-placeholder': dark[2],
    '--mantine-color-error': danger[3],
    '--mantine-color-disabled-color': dark[2],
  },
});

/** The picture that stands in for a camera; `hue` in degrees. */
export const drawn = {
  from: (hue: number) => `hsl(${hue} 45% 26%)`,
  to: (hue: number) => `hsl(${hue + 50} 45% 16%)`,
  ball: (hue: number) => `hsl(${hue + 20} 70% 62%)`,
  text: '#fff',
  font: fontFamily,
  monospace: 'ui-monospace, monospace',
};
