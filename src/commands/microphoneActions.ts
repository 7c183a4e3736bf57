/** What a person does with the microphones of the computer. */
export interface MicrophoneActions {
  toggleMicrophone(): void
  startTalking(): void
  stopTalking(): void
  /** The microphone to listen to; null: the one that the system prefers. */
  chooseMicrophone(deviceId: string | null): void
  /** Looks whether a voice is heard, without recording. */
  testMicrophone(): void
  endMicrophoneTest(): void
}
