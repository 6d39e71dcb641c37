/** Key under which Nest injects the settings. */
export const CONFIG = Symbol('TutorialApiConfig');
