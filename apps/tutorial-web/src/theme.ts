import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core';

const teal: MantineColorsTuple = [
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

/** Colours, shapes and letters of the whole application. */
export const theme = createTheme({
  colors: { teal },
  primaryColor: 'teal',
  primaryShade: { light: 7, dark: 6 },
  autoContrast: true,
  defaultRadius: 'md',
  cursorType: 'pointer',
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif',
  headings: { fontWeight: '650' },
});

/** What the style sheets of the components use beside Mantine's own variables. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {
    '--tile-radius': '0.875rem',
    '--tile-gap': '0.5rem',
    '--tile-label': 'rgb(8 15 20 / 62%)',
    '--tile-label-text': '#fff',
  },
  light: {
    '--page': '#f3f6f7',
    '--surface': '#ffffff',
    '--line': '#dde4e6',
    '--tile': '#d3dcdf',
    '--tile-text': '#33454b',
    '--own-message': teal[1],
    '--speaking': teal[6],
  },
  dark: {
    '--page': '#0d1315',
    '--surface': '#161e21',
    '--line': '#273236',
    '--tile': '#1e292d',
    '--tile-text': '#b7c6ca',
    '--own-message': '#12403c',
    '--speaking': teal[4],
  },
});
