import { posix } from 'node:path';
import { type MarkdownPage, readMarkdown } from './markdown.ts';

/** Where committed files are found, for {@link brokenLinks}. */
export interface Files {
  /** Whether the repository has this file or folder; a path relative to its root. */
  has: (path: string) => boolean;
  read: (path: string) => string;
}

/**
 * The relative links of a page that lead nowhere, each with what is wrong. Links to other sites are not followed: a test
 * must not depend on them.
 *
 * @param page path of the page, relative to the root of the repository
 */
export function brokenLinks(page: string, files: Files): string[] {
  return readMarkdown(files.read(page)).links.flatMap((link) => {
    if (/^[a-z][a-z+.-]*:/i.test(link)) return [];
    const [path = '', anchor] = decodeURIComponent(link).split('#');
    const target = path === '' ? page : posix.normalize(posix.join(posix.dirname(page), path));
    if (target.startsWith('..') || !files.has(target)) return [`${page}: ${link} is not there`];
    if (anchor === undefined || !target.endsWith('.md')) return [];
    const there: MarkdownPage = readMarkdown(files.read(target));
    return there.anchors.has(anchor) ? [] : [`${page}: ${target} has no heading #${anchor}`];
  });
}
