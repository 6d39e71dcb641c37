import '@mantine/core/styles.css';
import './global.css';
import { MantineProvider } from '@mantine/core';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.js';
import { BrowserEdge } from './shared/browser-edge.js';
import { colorSchemeManager } from './shared/color-scheme.js';
import { startLanguage } from './shared/language.js';
import { readLink } from './shared/link.js';
import { cssVariables, theme } from './theme.js';

startLanguage();
const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <MantineProvider
        theme={theme}
        cssVariablesResolver={cssVariables}
        colorSchemeManager={colorSchemeManager}
        defaultColorScheme="auto"
      >
        <BrowserEdge />
        <App link={readLink(location.href)} />
      </MantineProvider>
    </StrictMode>,
  );
}
