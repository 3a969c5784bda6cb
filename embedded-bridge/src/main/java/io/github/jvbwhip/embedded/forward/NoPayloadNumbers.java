package io.github.jvbwhip.embedded.forward;

/** The identity: nothing in the payload is numbered. Stateless. */
class NoPayloadNumbers implements PayloadNumbers {
  @Override
  public void switchTo(byte[] b, int at, int length) {}

  @Override
  public void drop(byte[] b, int at, int length) {}

  @Override
  public int forward(byte[] b, int at, int length) {
    return length;
  }
}
