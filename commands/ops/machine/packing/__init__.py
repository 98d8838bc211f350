"""Files packed and unpacked: archives of directories, and single files in their place."""
