// Resolves with the peak of each channel that a media element plays, 0 to 1, over the next half second; muted counts too.
async ({ selector, channels }) => {
  const peaks = new Array(channels).fill(0);
  const stream = (document.querySelector('whep-player, whip-publisher')?.shadowRoot ?? document).querySelector(selector).srcObject;
  if (!stream?.getAudioTracks().length) return peaks;
  const context = (window.listening ??= new AudioContext());
  await context.resume();
  const source = context.createMediaStreamSource(stream);
  const splitter = new ChannelSplitterNode(context, { numberOfOutputs: channels });
  source.connect(splitter);
  const analysers = Array.from({ length: channels }, (_, channel) => {
    const analyser = new AnalyserNode(context, { fftSize: 2048 });
    splitter.connect(analyser, channel);
    return analyser;
  });
  const samples = new Float32Array(2048);
  for (let i = 0; i < 10; i++) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    analysers.forEach((analyser, channel) => {
      analyser.getFloatTimeDomainData(samples);
      peaks[channel] = Math.max(peaks[channel], ...samples.map(Math.abs));
    });
  }
  source.disconnect();
  return peaks;
};
