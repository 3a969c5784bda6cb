// Before a page's own scripts: the states that elements enter, and a camera that answers when the test says so.
(() => {
  /** Each state that an element has entered, with its reason where it has one: "failed not-allowed". */
  window.states = [];
  addEventListener('statechange', ({ target: { state, reason } }) => {
    window.states.push(reason ? `${state} ${reason}` : state);
  });

  /** The tracks that the browser has given. */
  window.tracks = [];
  /** Questions for the camera that wait for an answer, where the test has them wait. */
  window.prompts = [];
  const devices = navigator.mediaDevices;
  if (devices) {
    const real = devices.getUserMedia.bind(devices);
    devices.getUserMedia = async (constraints) => {
      if (window.asks) await new Promise((resolve) => window.prompts.push(resolve));
      if (window.refusal) throw new DOMException('The test refuses it.', window.refusal);
      const stream = await real(constraints);
      window.tracks.push(...stream.getTracks());
      return stream;
    };
  }
})();
