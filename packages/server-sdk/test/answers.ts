/** A session as OpenVidu 2 answers it, with `recovery` added. */
export const session = {
  id: 'room',
  object: 'session',
  sessionId: 'room',
  createdAt: 1538481996019,
  recording: false,
  broadcasting: false,
  mediaMode: 'ROUTED',
  recordingMode: 'MANUAL',
  defaultRecordingProperties: { name: '', hasAudio: true, hasVideo: true, outputMode: 'COMPOSED' },
  customSessionId: 'room',
  forcedVideoCodec: 'NONE',
  allowTranscoding: false,
  recovery: 'automatic',
  connections: { numberOfElements: 0, content: [] },
};

/** A connection whose token wasn't used yet. */
export const connection = {
  id: 'con_Xnxg19tonh',
  object: 'connection',
  status: 'pending',
  connectionId: 'con_Xnxg19tonh',
  sessionId: 'room',
  createdAt: 1538481999022,
  type: 'WEBRTC',
  record: true,
  role: 'PUBLISHER',
  kurentoOptions: null,
  customIceServers: [],
  rtspUri: null,
  serverData: '',
  token: 'wss://localhost:4443?sessionId=room&token=tok_AVe8o7iltWqtijyl',
  activeAt: null,
  location: null,
  ip: null,
  platform: null,
  clientData: null,
  publishers: null,
  subscribers: null,
};

/** The same participant in the room, publishing. */
export const activeConnection = {
  ...connection,
  status: 'active',
  activeAt: 1538482000000,
  location: 'unknown',
  ip: '127.0.0.1',
  platform: 'Chrome 156',
  clientData: 'Ana',
  publishers: [
    {
      createdAt: 1538482000100,
      streamId: 'str_CAM_NhxL_con_Xnxg19tonh',
      mediaOptions: {
        hasAudio: true,
        audioActive: true,
        hasVideo: true,
        videoActive: true,
        typeOfVideo: 'CAMERA',
        frameRate: 30,
        videoDimensions: '{"width":640,"height":480}',
        filter: {},
      },
    },
  ],
  subscribers: [{ createdAt: 1538482000200, streamId: 'str_CAM_AAAA_con_Bbbbbbbbbb' }],
};
