// Resolves with the milliseconds until a video, of one of the product's elements where the page has one, has shown at
// least three different pictures.
async ({ selector, timeout }) => {
  const begin = performance.now();
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [64, 36];
  const context = canvas.getContext('2d', { willReadFrequently: true });
  const seen = new Set();
  for (;;) {
    const video = (document.querySelector('whep-player, whip-publisher')?.shadowRoot ?? document).querySelector(selector);
    if (video && video.videoWidth > 0 && video.readyState >= 2) {
      context.drawImage(video, 0, 0, canvas.width, canvas.height);
      const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
      const bright = data.some((value, index) => index % 4 !== 3 && value > 40);
      if (bright) seen.add(data.join());
    }
    const elapsed = performance.now() - begin;
    if (seen.size >= 3) return elapsed;
    if (elapsed > timeout) {
      const state = document.querySelector('whep-player, whip-publisher')?.dataset.state;
      throw new Error(`no moving picture after ${Math.round(elapsed)} ms; ${seen.size} pictures, state ${state}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};
