// A stand-in for the players of Janus' WHEP server, with their habits: an empty POST asks for the
// server's offer, candidates are trickled one by one with a made-up m-line, without mid and If-Match,
// and often before the answer is there.

export async function watch(endpoint, video, answers) {
  const connection = new RTCPeerConnection();
  let credentials = '';
  const queue = [];

  const request = (method, url, type, body) =>
    new Promise((resolve) => {
      const xhr = new XMLHttpRequest();
      xhr.open(method, url);
      if (type) xhr.setRequestHeader('Content-Type', type);
      xhr.onloadend = () => {
        answers.push(`${method} ${xhr.status}`);
        resolve(xhr);
      };
      xhr.send(body);
    });

  const response = await request('POST', endpoint, null, null);
  const session = new URL(response.getResponseHeader('Location'), endpoint);

  const trickle = (line) => {
    if (!credentials) {
      queue.push(line);
      return;
    }
    const fragment = `${credentials}m=audio 9 RTP/AVP 0\r\na=${line}\r\n`;
    request('PATCH', session, 'application/trickle-ice-sdpfrag', fragment);
  };
  connection.onicecandidate = ({ candidate }) => trickle(candidate?.candidate || 'end-of-candidates');
  connection.ontrack = ({ streams }) => {
    video.srcObject = streams[0];
  };

  await connection.setRemoteDescription({ type: 'offer', sdp: response.responseText });
  const answer = await connection.createAnswer({});
  const [ufrag] = answer.sdp.match(/a=ice-ufrag:.*\r\n/);
  const [password] = answer.sdp.match(/a=ice-pwd:.*\r\n/);
  credentials = ufrag + password;
  await connection.setLocalDescription(answer);
  await request('PATCH', session, 'application/sdp', answer.sdp);
  return connection;
}
