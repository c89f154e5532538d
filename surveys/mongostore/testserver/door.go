package main

import (
	"encoding/binary"
	"fmt"
	"io"
	"net"
	"sync"
)

// oneByOne lets commands through to the server behind a socket, one at a time.
//
// FerretDB finds a document and then changes it, without keeping others from
// changing it in between. MongoDB does both at once, and that is what the
// tests are about.
func oneByOne(door net.Listener, socket string) {
	var turn sync.Mutex
	for {
		client, err := door.Accept()
		if err != nil {
			return // closed
		}
		go func() {
			defer client.Close()
			server, err := net.Dial("unix", socket)
			if err != nil {
				return
			}
			defer server.Close()
			for exchange(client, server, &turn) == nil {
			}
		}()
	}
}

// exchange carries one command and its answer. Every command has an answer,
// as the store asks for an acknowledgement of all its writes.
func exchange(client, server net.Conn, turn *sync.Mutex) error {
	command, err := message(client)
	if err != nil {
		return err
	}
	turn.Lock()
	defer turn.Unlock()
	if _, err := server.Write(command); err != nil {
		return err
	}
	answer, err := message(server)
	if err != nil {
		return err
	}
	_, err = client.Write(answer)
	return err
}

// maxMessage is the largest message of MongoDB's protocol, in bytes.
const maxMessage = 48_000_000

// message reads one message, which begins with its length in 4 bytes, small
// end first.
func message(r io.Reader) ([]byte, error) {
	var head [4]byte
	if _, err := io.ReadFull(r, head[:]); err != nil {
		return nil, err
	}
	length := binary.LittleEndian.Uint32(head[:])
	if length < 16 || length > maxMessage {
		return nil, fmt.Errorf("a message of %d bytes", length)
	}
	m := make([]byte, length)
	copy(m, head[:])
	_, err := io.ReadFull(r, m[4:])
	return m, err
}
