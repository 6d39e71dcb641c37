import type { Devices, Messages } from './messages.js';
import { amountsIn } from './shared/amounts.js';

const amounts = amountsIn('de');

const allow =
  'Klicken Sie auf das Symbol links in der Adresszeile, erlauben Sie dort Mikrofon und Kamera, und versuchen Sie es noch einmal.';

/** The devices with what goes before them: the word changes with the sentence. */
const nominative: Record<Devices, string> = {
  microphone: 'Das Mikrofon',
  camera: 'Die Kamera',
  both: 'Kamera und Mikrofon',
};
const accusative: Record<Devices, string> = {
  microphone: 'das Mikrofon',
  camera: 'die Kamera',
  both: 'Kamera und Mikrofon',
};
const none: Record<Devices, string> = {
  microphone: 'Kein Mikrofon',
  camera: 'Keine Kamera',
  both: 'Weder Kamera noch Mikrofon',
};
const verb = (what: Devices, one: string, both: string) => (what === 'both' ? both : one);

const tries = (attempt: number) => (attempt > 1 ? ` (${attempt}. Versuch)` : '');

const causes: Partial<Record<string, string>> = {
  refused: 'nimmt keine Verbindungen an',
  replaced: 'an seiner Stelle läuft ein anderer Prozess',
  silent: 'antwortet nicht',
  fenced: 'wurde herausgenommen',
};

/** Every text in German. */
export const german: Messages = {
  appName: 'Evercall',
  languageName: 'Deutsch',
  preferences: {
    language: 'Sprache',
    scheme: 'Farben',
    schemes: { auto: 'Wie das System', light: 'Hell', dark: 'Dunkel' },
  },
  join: {
    heading: 'Einem Raum beitreten',
    lead: 'Räume, die weiterlaufen, wenn ein Rechner ausfällt.',
    room: 'Raum',
    roomHint: 'Wer denselben Namen eingibt, trifft sich.',
    roomInvalid: 'Mindestens ein Buchstabe oder eine Ziffer.',
    name: 'Ihr Name',
    nameMissing: 'Die anderen brauchen einen Namen, um Sie anzusprechen.',
    join: 'Beitreten',
    joinToListen: 'Beitreten und zuhören',
    previewOff: 'Ihre Kamera ist aus',
    previewLabel: 'So sehen die anderen Sie',
    devices: 'Geräte',
  },
  recovery: {
    label: 'Wenn ein Server ausfällt',
    automatic: 'Plattform',
    application: 'Anwendung',
    hint: {
      automatic: 'Das Gespräch zieht von selbst um. Ein Raum, den es schon gibt, behält seine Wahl.',
      application:
        'Das Gespräch endet, und diese Seite tritt wieder bei. Ein Raum, den es schon gibt, behält seine Wahl.',
    },
  },
  devices: {
    microphone: 'Mikrofon',
    camera: 'Kamera',
    speaker: 'Lautsprecher',
    unnamed: (device, index) => `${device} ${index + 1}`,
    none: 'Nichts gefunden',
    turnOn: { microphone: 'Mikrofon einschalten', camera: 'Kamera einschalten' },
    turnOff: { microphone: 'Mikrofon ausschalten', camera: 'Kamera ausschalten' },
    retry: 'Noch einmal versuchen',
  },
  deviceProblems: {
    denied: (what) => ({ title: `Keine Erlaubnis für ${accusative[what]}`, text: allow }),
    dismissed: (what) => ({
      title: `Die Frage nach Erlaubnis für ${accusative[what]} wurde geschlossen`,
      text: 'Versuchen Sie es noch einmal und wählen Sie „Zulassen“, oder machen Sie ohne weiter.',
    }),
    noDevice: (what) => ({
      title: `${none[what]} gefunden`,
      text: 'Schließen Sie ein Gerät an, oder machen Sie ohne weiter: Sie sehen und hören die anderen.',
    }),
    inUse: (what) => ({
      title: `${nominative[what]} ${verb(what, 'ist', 'sind')} belegt`,
      text: 'Ein anderes Programm benutzt das Gerät. Schließen Sie das Programm, und versuchen Sie es noch einmal.',
    }),
    unplugged: (what) => ({
      title: `${nominative[what]} ${verb(what, 'wurde', 'wurden')} abgezogen`,
      text: 'Stecken Sie das Gerät wieder an, oder wählen Sie ein anderes.',
    }),
    failed: (what) => ({
      title: `${nominative[what]} ${verb(what, 'funktioniert', 'funktionieren')} nicht`,
      text: 'Der Browser konnte das Gerät nicht starten. Versuchen Sie es noch einmal, oder wählen Sie ein anderes.',
    }),
    insecureContext: (what) => ({
      title: `Diese Adresse darf ${accusative[what]} nicht benutzen`,
      text: 'Browser erlauben es nur auf https:// und auf localhost: npm start -- --lan stellt die Seite so bereit. Zuhören können Sie auch hier.',
    }),
  },
  room: {
    connection: {
      connecting: 'Verbindet…',
      connected: 'Verbunden',
      reconnecting: 'Verbindet neu…',
      rejoining: 'Tritt wieder bei…',
      gaveUp: 'Unterbrochen',
      ended: 'Verlassen',
      failed: 'Nicht verbunden',
    },
    banner: {
      connecting: 'Verbindet…',
      waiting: (failures) => `Der Dienst antwortet noch nicht. Frage wird wiederholt (${failures})…`,
      reconnecting: 'Die Verbindung ist unterbrochen. Gleich geht es weiter; bleiben Sie hier.',
      moving: 'Bild und Ton ziehen auf einen anderen Server um. Bleiben Sie hier.',
      rebuilding: (attempt) =>
        `Ein Server ist ausgefallen. Das Gespräch wird neu aufgebaut${tries(attempt)}…`,
      rejoining: (attempt) => `Sie waren lange weg. Die Seite tritt wieder bei${tries(attempt)}…`,
      offline: 'Sie sind offline. Es geht weiter, wenn Ihr Netz wieder da ist.',
      gaveUp: 'Dem Gespräch konnte bisher nicht wieder beigetreten werden.',
      again: 'Wieder beitreten',
    },
    rebuiltByApp: 'von der Anwendung aufgebaut',
    servedBy: (master, media) => `${master} · ${media}`,
    servedByLabel: 'Bedient von diesem Master und diesem Media-Node',
    you: (name) => `${name} (Sie)`,
    screenOf: (name) => `${name}: Bildschirm`,
    unknownName: 'Gast',
    muted: 'Mikrofon aus',
    alone: 'Noch ist niemand sonst hier. Teilen Sie den Link oben.',
    tiles: 'Teilnehmende',
    turnSoundOn: 'Ton einschalten',
    closeNotice: 'Hinweis schließen',
    sendingFailed: {
      title: 'Die anderen können Sie nicht sehen und hören',
      text: 'Ihr Bild und Ihr Ton konnten nicht gesendet werden. Verlassen Sie den Raum, und treten Sie wieder bei.',
    },
    sharingFailed: {
      title: 'Ihr Bildschirm wird nicht geteilt',
      text: 'Der Browser oder der Server hat es abgelehnt. Versuchen Sie es mit einem anderen Fenster.',
    },
    wrote: (name, text) => `${name} schreibt: ${text}`,
    joined: (name) => `${name} ist beigetreten`,
    left: (name) => `${name} ist gegangen`,
  },
  controls: {
    label: 'Bedienung',
    microphone: 'Mikrofon',
    mute: 'Mikrofon stummschalten',
    unmute: 'Mikrofon einschalten',
    camera: 'Kamera',
    stopCamera: 'Kamera ausschalten',
    startCamera: 'Kamera einschalten',
    flipCamera: 'Zur anderen Kamera wechseln',
    screen: 'Bildschirm teilen',
    shareScreen: 'Bildschirm teilen',
    stopSharing: 'Nicht mehr teilen',
    devices: 'Geräte wählen',
    chat: 'Chat',
    chatWithUnread: (count) =>
      `Chat, ${amounts.of(count, { one: 'neue Nachricht', other: 'neue Nachrichten' })}`,
    closeChat: 'Chat schließen',
    leave: 'Verlassen',
    invite: 'Einladungslink kopieren',
    invited: 'Link kopiert',
    inviteFailed: 'Kopieren Sie diesen Link',
  },
  chat: {
    heading: 'Chat',
    empty: 'Noch keine Nachrichten.',
    placeholder: 'An alle schreiben',
    send: 'Senden',
    you: 'Sie',
    failed: 'Nicht gesendet. Versuchen Sie es, wenn Sie wieder verbunden sind.',
  },
  cluster: {
    heading: 'Cluster',
    close: 'Cluster schließen',
    loading: 'Der Cluster wird abgefragt',
    playground: 'Spielplatz: Jeder Knopf wirkt sofort',
    readOnly: 'Nur zum Ansehen. Mit EVERCALL_PLAYGROUND=1 gibt es Knöpfe, um Nodes zu zerstören.',
    away: 'Der Cluster ist nicht zu sehen. Nächster Versuch läuft…',
    old: 'Zurzeit antwortet kein Master; dies ist der letzte bekannte Stand.',
    failed: (what) => `Nicht ausgeführt: ${what}`,
    none: 'Keine',
    you: 'Sie',
    roles: { master: 'Master', media: 'Media-Nodes' },
    states: {
      launching: 'startet',
      running: 'läuft',
      terminating: 'geht',
      'waiting-idle-to-terminate': 'geht, wenn leer',
      terminated: 'weg',
      failed: 'fehlgeschlagen',
      canceled: 'abgebrochen',
      lost: 'verloren',
    },
    lostBecause: (cause) => `für tot erklärt: ${causes[cause] ?? cause}`,
    drains: (stuck) => (stuck ? 'wartet: kein anderer Node hat Platz' : 'gibt seine Arbeit ab'),
    serves: (names) => `bedient ${names}`,
    noLoad: 'Last unbekannt',
    masterLoad: (sockets, cpu) =>
      `${amounts.of(sockets, { one: 'Socket', other: 'Sockets' })} · CPU ${cpu} %`,
    mediaLoad: ({ sessions, consumers, cpu }) =>
      `${amounts.of(sessions, { one: 'Session', other: 'Sessions' })} · leitet ${consumers} weiter · CPU ${cpu} %`,
    actions: {
      kill: 'Töten',
      freeze: 'Einfrieren',
      thaw: 'Auftauen',
      drain: 'Leeren',
      undrain: 'Leeren abbrechen',
      worker: (number) => `Worker ${number} töten`,
      of: (action, node) => `${action}: ${node}`,
    },
    log: {
      heading: 'Was es Sie gekostet hat',
      empty: 'Seit dieser Bereich geöffnet wurde, war nichts unterbrochen.',
      measuring: ' (Messung läuft…)',
      signalling: 'Signalisierung',
      video: 'Bild',
      audio: 'Ton',
      ms: (ms) => `${amounts.number(Math.round(ms))} ms`,
      normal: (ms) => `(normal ${amounts.number(Math.round(ms))})`,
      nothing: '–',
      lost: (node) => `${node} verloren`,
      done: (action, node) => `${node}: ${action}`,
      cut: 'Verbindung getrennt',
      moving: 'Bild und Ton ziehen um',
      ended: 'Gespräch beendet',
    },
  },
  over: {
    joinAgain: 'Wieder beitreten',
    tryAgain: 'Noch einmal versuchen',
    otherRoom: 'Anderer Raum',
  },
  ended: {
    disconnect: { title: 'Sie haben den Raum verlassen', text: 'Die anderen können ohne Sie weitermachen.' },
    forceDisconnectByUser: {
      title: 'Sie wurden entfernt',
      text: 'Jemand von der Moderation hat Sie aus dem Raum genommen.',
    },
    forceDisconnectByServer: {
      title: 'Sie wurden entfernt',
      text: 'Die Anwendung hat Sie aus dem Raum genommen.',
    },
    sessionClosedByServer: {
      title: 'Der Raum wurde geschlossen',
      text: 'Das Gespräch ist für alle beendet.',
    },
    networkDisconnect: {
      title: 'Die Verbindung ist verloren gegangen',
      text: 'Sie blieb zu lange weg. Prüfen Sie Ihr Netz, und treten Sie dann wieder bei.',
    },
    nodeCrashed: {
      title: 'Das Gespräch wurde unterbrochen',
      text: 'Ein Server ist ausgefallen, und der Wiedereintritt ist bisher nicht gelungen.',
    },
    '': { title: 'Das Gespräch ist vorbei', text: '' },
  },
  failed: {
    roomClosed: {
      title: 'Dieser Raum ist geschlossen',
      text: 'Bitten Sie, wer Sie eingeladen hat, ihn zu öffnen.',
    },
    roomNotFound: {
      title: 'Diesen Raum gibt es nicht',
      text: 'Prüfen Sie den Link, oder bitten Sie um einen neuen.',
    },
    signIn: {
      title: 'Sie sind nicht angemeldet',
      text: 'Öffnen Sie diesen Raum aus der Anwendung, die Sie eingeladen hat.',
    },
    forbidden: {
      title: 'Sie dürfen diesen Raum nicht betreten',
      text: 'Fragen Sie, wer Sie eingeladen hat.',
    },
    rateLimited: {
      title: 'Zu viele Versuche',
      text: 'Warten Sie eine Minute, und versuchen Sie es dann wieder.',
    },
    unavailable: {
      title: 'Der Dienst antwortet nicht',
      text: 'Er startet neu oder ist überlastet. Versuchen Sie es bald noch einmal.',
    },
    offline: {
      title: 'Keine Verbindung',
      text: 'Der Server war nicht zu erreichen. Prüfen Sie Ihr Netz.',
    },
    browser: {
      title: 'Dieser Browser kann keine Videogespräche',
      text: 'Benutzen Sie eine aktuelle Version von Chrome, Edge, Firefox oder Safari.',
    },
    noMediaNode: { title: 'Kein Medienserver ist frei', text: 'Versuchen Sie es gleich noch einmal.' },
    other: {
      title: 'Der Beitritt hat nicht geklappt',
      text: 'Versuchen Sie es noch einmal; wenn es so bleibt, sagen Sie es dem Betreiber.',
    },
  },
};
