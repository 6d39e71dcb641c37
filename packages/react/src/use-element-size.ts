import { useCallback, useState } from 'react';

/**
 * Inner width and height of an element, in CSS pixels: zero until it is on the page, and the last ones while it is hidden. Give
 * `ref` to the element.
 */
export function useElementSize(): {
  ref: (element: Element | null) => void;
  width: number;
  height: number;
} {
  const [size, setSize] = useState({ width: 0, height: 0 });
  const [follow] = useState(() => new SizeFollower(setSize));
  const ref = useCallback((element: Element | null) => follow.watch(element), [follow]);
  return { ref, ...size };
}

/** Watches one element at a time. */
class SizeFollower {
  readonly #tell: (size: { width: number; height: number }) => void;
  #observer: ResizeObserver | undefined;

  constructor(tell: (size: { width: number; height: number }) => void) {
    this.#tell = tell;
  }

  /** React gives `null` when the element leaves the page, and that ends it. */
  watch(element: Element | null): void {
    this.#observer?.disconnect();
    this.#observer = undefined;
    if (!element) return;
    this.#observer = new ResizeObserver((entries) => {
      const { width, height } = entries.at(-1)?.contentRect ?? { width: 0, height: 0 };
      // A page that hides its stage for a moment wants it back as it was.
      if (width > 0 || height > 0) this.#tell({ width, height });
    });
    this.#observer.observe(element);
  }
}
