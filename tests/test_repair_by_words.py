"""Who has never programmed can repair: the words printed by `check` alone say what to type, and then all is well."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.cli import main
from tests.defect import defects
from tests.repair_step import repaired, told, typed

DEFECTS = {defect.name: defect for defect in defects()}
# A mistake, and what only the law says where a row is pasted.
MISTAKES = {
    "salah eja dalam syarat membuat dokumen hilang diam-diam": "",
    "tanda lebih besar tanpa kutip": "",
    "rentang yang dibaca YAML sebagai daftar": "",
    "desimal dengan koma": "",
    "kunci yang tidak dikenal": "",
    "kelompok isian yang tidak ada": "",
    "dokumen yang tidak dikenal": "",
    "dokumen yang selalu diminta walau bersyarat": "",
    "tahap yang tidak ada": "",
    "instansi yang tidak ada": "",
    "perbaikan kembali ke meja yang salah": "",
    "izin terbit walau satu meja menolak": "",
    "jalan buntu untuk satu pilihan": "teknis",
    "jumlah waktu tahap melebihi janji": "",
    "janji lebih lama dari jalan mana pun": "",
    "janji tidak ada tepat pada 100 m2": "7 hari kerja",
    "tarif tidak ada tepat pada 8 m2": "5500",
    "tarif yang tidak ada": "",
    "variabel yang tidak dikenal dalam rumus": "",
    "templat surat yang tidak ada": "",
    "peraturan yang tidak ada dalam daftar": "",
    "izin yang tidak dilimpahkan siapa pun": "",
    "pasal pelimpahan lain dari daftarnya": "",
    "kata kantor dalam pesan untuk warga": "",
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_the_step_that_is_printed_is_typed_and_the_check_is_clean(
    mistake: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    root = DEFECTS[mistake].made(tmp_path)
    monkeypatch.chdir(root)

    def printed() -> str:
        main(["check", ".", "--lang", "id"])
        return capsys.readouterr().out

    before = printed()
    assert f"[{DEFECTS[mistake].code}]" in before
    step = repaired(before, root, MISTAKES[mistake])
    assert printed() == "", f"{step}\n{before}"


def test_a_help_that_nobody_can_type_is_told_from_one_that_can() -> None:
    text = "galat[X]: x\n --> a.yaml:1:1\n  |\n1 | x\n  | ^ di sini\n  = bantuan: pikirkan baik-baik\n"
    assert told(text).help == "pikirkan baik-baik"
    with pytest.raises(AssertionError, match="nobody can type"):
        typed(told(text), ["x"], "")
