import GithubSlugger from 'github-slugger';
import { marked, type Token } from 'marked';

/** What the checks of the documentation look at. */
export interface MarkdownPage {
  /** Names that `#anchor` can have: one for each heading, as GitHub makes them. */
  anchors: ReadonlySet<string>;
  /** Targets of links and images, as written. */
  links: readonly string[];
  /** Code blocks with the language they name. */
  code: readonly { language: string; text: string }[];
}

/** Reads a page: GitHub's Markdown, without HTML. */
export function readMarkdown(text: string): MarkdownPage {
  const slugger = new GithubSlugger();
  const anchors = new Set<string>();
  const links: string[] = [];
  const code: { language: string; text: string }[] = [];
  const visit = (token: Token): void => {
    if (token.type === 'heading') anchors.add(slugger.slug(plainText(token)));
    if (token.type === 'link' || token.type === 'image') links.push(token['href']);
    if (token.type === 'code') code.push({ language: token['lang'] ?? '', text: token['text'] });
  };
  // It has no promises unless its callback makes some.
  void marked.walkTokens(marked.lexer(text), visit);
  return { anchors, links, code };
}

/** A heading as it is read, without its marks. */
function plainText(token: Token): string {
  if ('tokens' in token && token.tokens !== undefined) return token.tokens.map(plainText).join('');
  return 'text' in token ? String(token.text) : token.raw;
}
