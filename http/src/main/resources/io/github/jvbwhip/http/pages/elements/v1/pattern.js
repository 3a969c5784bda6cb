// A moving test pattern with a tone: colour bars, a running clock, a ball that never rests.

export function testPattern({ width = 1280, height = 720, frameRate = 30 } = {}) {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d', { alpha: false });
  const bars = ['#c0c0c0', '#c0c000', '#00c0c0', '#00c000', '#c000c0', '#c00000', '#0000c0'];
  let frame = 0;

  const draw = () => {
    const seconds = frame / frameRate;
    bars.forEach((colour, i) => {
      context.fillStyle = colour;
      context.fillRect(Math.floor((i * width) / bars.length), 0, Math.ceil(width / bars.length), height * 0.7);
    });
    context.fillStyle = '#101418';
    context.fillRect(0, height * 0.7, width, height * 0.3);
    const x = (0.5 + 0.42 * Math.sin(seconds * 1.7)) * width;
    const y = (0.35 + 0.25 * Math.cos(seconds * 2.3)) * height;
    context.fillStyle = '#ffffff';
    context.beginPath();
    context.arc(x, y, height * 0.07, 0, 2 * Math.PI);
    context.fill();
    context.font = `600 ${Math.round(height * 0.11)}px system-ui, sans-serif`;
    context.textAlign = 'center';
    context.textBaseline = 'middle';
    context.fillText(new Date().toISOString().slice(11, 23), width / 2, height * 0.82);
    context.font = `${Math.round(height * 0.05)}px system-ui, sans-serif`;
    context.fillText(`frame ${frame}`, width / 2, height * 0.93);
    frame += 1;
  };
  draw();
  const timer = setInterval(draw, 1000 / frameRate);
  const stream = canvas.captureStream(frameRate);

  const audio = new AudioContext();
  const tone = audio.createOscillator();
  const gain = audio.createGain();
  const sink = audio.createMediaStreamDestination();
  tone.frequency.value = 440;
  gain.gain.value = 0.05;
  tone.connect(gain).connect(sink);
  tone.start();
  stream.addTrack(sink.stream.getAudioTracks()[0]);

  return {
    stream,
    stop() {
      clearInterval(timer);
      tone.stop();
      audio.close();
      stream.getTracks().forEach((track) => track.stop());
    },
  };
}
