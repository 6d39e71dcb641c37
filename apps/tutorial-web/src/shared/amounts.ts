/** The words for an amount: `other` at least, and whichever of `zero`, `one`, `two`, `few`, `many` the language has. */
export type PluralForms = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string };

/** Numbers as a language writes them. */
export interface Amounts {
  /** `1234` becomes `1,234` in English. */
  number(value: number): string;
  /** The number and the word that belongs to it: `1 session`, `2 sessions`. */
  of(value: number, forms: PluralForms): string;
}

/** @param locale BCP 47 tag, `en` */
export function amountsIn(locale: string): Amounts {
  const rules = new Intl.PluralRules(locale);
  const format = new Intl.NumberFormat(locale);
  return {
    number: (value) => format.format(value),
    of: (value, forms) => `${format.format(value)} ${forms[rules.select(value)] ?? forms.other}`,
  };
}
