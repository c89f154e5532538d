package surveys

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"strings"

	"github.com/tyler-smith/go-bip39/wordlists"
	"golang.org/x/text/unicode/norm"
)

// withdrawalWords is how many words a withdrawal code has: four of 2,048,
// 44 bits, from the French list of BIP 39, whose words differ by their first
// four letters.
const withdrawalWords = 4

// WithdrawalCode is the code that takes a response back. It follows from the
// site's secret and the response's identifier, which only the device and the
// store hold, so that a device that sends again is told the same code and the
// store need keep no more than its hash.
func WithdrawalCode(secret []byte, responseID string) string {
	sum := keyed(secret, "withdrawal code", responseID)
	bits := binary.BigEndian.Uint64(sum[:8])
	words := make([]string, withdrawalWords)
	for i := range words {
		words[i] = norm.NFC.String(wordlists.French[bits%2048])
		bits /= 2048
	}
	return strings.Join(words, " ")
}

// WithdrawalReceipt is the hash a store keeps of a code. It forgives capitals,
// accents and whatever stands between the words.
func WithdrawalReceipt(secret []byte, code string) [32]byte {
	return keyed(secret, "withdrawal receipt", fold(code))
}

// Withdraw forgets the response of a diagnostic whose code this is;
// ErrNotFound when there is none.
func Withdraw(ctx context.Context, forms *Forms, diagnostic, code string) error {
	secret, err := forms.siteSecret(ctx)
	if err != nil {
		return err
	}
	return forms.Store.WithdrawResponse(ctx, diagnostic, WithdrawalReceipt(secret, code))
}

func keyed(secret []byte, purpose, message string) (sum [32]byte) {
	mac := hmac.New(sha256.New, secret)
	mac.Write([]byte(purpose + "\x00" + message))
	mac.Sum(sum[:0])
	return sum
}
